using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Wire;

namespace OracleCct.Protocol.Tests.Callouts;

/// <summary>Represents the parts of a generated callout, which can be shrunk, and what the wire should show of them.</summary>
internal sealed class CalloutCase
{
    /// <summary>Every kind with the wire names of its parameters, deliberately written a second time.</summary>
    private static readonly (string FunctionName, string[] Names)[] Kinds =
    [
        ("Register", ["telesetNumber", "agentID", "ipAddress", "port"]),
        ("Unregister", ["telesetNumber", "agentID"]),
        ("Login", ["telesetNumber", "agentID", "agentPassword", "agentQueue"]),
        ("Logout", ["telesetNumber", "agentID", "agentPassword", "agentQueue"]),
        ("Ready", ["telesetNumber", "agentID"]),
        ("NotReady", ["telesetNumber", "agentID"]),
        ("CheckStatus", []),
        ("MakeCall", ["telesetNumber", "agentID", "dialString"]),
        ("DialCanonical", ["telesetNumber", "agentID", "dialString"]),
        ("", []),
    ];

    private static readonly string[] NearNames =
    [
        "", "agentIDs", "agentI", "agent ID", " agentID", "agentID ", "agent\u0131D", "agent\u0130D", "d\u0131alString", "tele\u017FetNumber",
        "chec\u212AStatus",
        "FunctionName ", "Funct\u0131onName", "functionNames", "agentPassword%00", "\uFEFFport", "p%6Frt", "\uFF50ort",
    ];

    /// <summary>Gets the functions that the generator makes, and the parameters of each.</summary>
    public static IEnumerable<(string Name, string Fields)> Generated =>
        Kinds.Where(kind => kind.FunctionName.Length > 0).Select(kind => (kind.FunctionName, string.Join(" ", kind.Names)));

    private CalloutCase(int kind, string[] values, bool isDialled, WireFields extraFields)
    {
        Kind = kind;
        Values = values;
        IsDialled = isDialled;
        ExtraFields = extraFields;
    }

    private int Kind { get; }

    /// <summary>One for each parameter that a callout can have, and a last one for the name of an unknown function.</summary>
    private string[] Values { get; }

    private bool IsDialled { get; }

    private WireFields ExtraFields { get; }

    public IReadOnlyList<string> Names => Kinds[Kind].Names;

    public bool IsKnown => Kinds[Kind].FunctionName.Length > 0;

    public Callout Callout => Kind switch
    {
        0 => new RegisterCallout
        {
            TelesetNumber = Values[0],
            AgentId = Values[1],
            IpAddress = Values[2],
            Port = 1 + (Values[3].Length * 16381 % 65535),
            ExtraFields = ExtraFields,
        },
        1 => new UnregisterCallout { TelesetNumber = Values[0], AgentId = Values[1], ExtraFields = ExtraFields },
        2 => new LoginCallout
        {
            TelesetNumber = Values[0],
            AgentId = Values[1],
            AgentPassword = new(Values[2]),
            AgentQueue = Values[3],
            ExtraFields = ExtraFields,
        },
        3 => new LogoutCallout
        {
            TelesetNumber = Values[0],
            AgentId = Values[1],
            AgentPassword = new(Values[2]),
            AgentQueue = Values[3],
            ExtraFields = ExtraFields,
        },
        4 => new ReadyCallout { TelesetNumber = Values[0], AgentId = Values[1], ExtraFields = ExtraFields },
        5 => new NotReadyCallout { TelesetNumber = Values[0], AgentId = Values[1], ExtraFields = ExtraFields },
        6 => new CheckStatusCallout { ExtraFields = ExtraFields },
        7 => new MakeCallCallout { TelesetNumber = Values[0], AgentId = Values[1], DialString = Values[2], ExtraFields = ExtraFields },
        8 => new DialCanonicalCallout
        {
            TelesetNumber = Values[0],
            AgentId = Values[1],
            DialString = IsDialled ? Values[2] : null,
            ExtraFields = ExtraFields,
        },
        _ => new UnknownCallout(IsKnownFunction(Values[4]) ? Values[4] + "!" : Values[4]) { ExtraFields = ExtraFields },
    };

    /// <summary>The names and values that the callout has on the wire, in canonical order.</summary>
    public IEnumerable<(string Name, string Value)> Pairs
    {
        get
        {
            Callout callout = Callout;
            yield return ("FunctionName", callout.FunctionName);
            for (int i = 0; i < Names.Count; i++)
            {
                if (callout is RegisterCallout register && i == 3)
                {
                    yield return (Names[i], System.Xml.XmlConvert.ToString(register.Port));
                }
                else if (callout is not DialCanonicalCallout { DialString: null } || i < 2)
                {
                    yield return (Names[i], Values[i]);
                }
            }

            foreach (WireField extra in ExtraFields)
            {
                yield return (extra.Name, extra.Value);
            }
        }
    }

    /// <summary>Callouts that can be written.</summary>
    public static Arbitrary<CalloutCase> Writable { get; } = Cases(HostileText.ForQuery, HostileText.FitsQuery);

    /// <summary>Callouts with anything in them, half surrogate pairs too.</summary>
    public static Arbitrary<CalloutCase> Any { get; } = Cases(HostileText.Any, _ => true);

    /// <summary>Returns the same callout with one more field.</summary>
    public CalloutCase With(string name, string value) => new(Kind, Values, IsDialled, ExtraFields.Add(name, value));

    /// <summary>Gets the name and value of every pair, escaped by other code and joined.</summary>
    public static string Join(IEnumerable<(string Name, string Value)> pairs, Func<string, string> escape) =>
        string.Join("&", pairs.Select(pair => escape(pair.Name) + "=" + escape(pair.Value)));

    /// <summary>Returns what a failing test prints.</summary>
    public override string ToString() => HostileText.Show(string.Join(" | ", Pairs.Select(pair => pair.Name + " = " + pair.Value)));

    private static bool IsKnownFunction(string name) =>
        Kinds.Any(kind => kind.FunctionName.Length > 0 && string.Equals(kind.FunctionName, name, StringComparison.OrdinalIgnoreCase));

    private static bool IsFree(int kind, string name) =>
        !Kinds[kind].Names.Contains(name, StringComparer.OrdinalIgnoreCase) && !string.Equals(name, "FunctionName", StringComparison.OrdinalIgnoreCase);

    private static Arbitrary<CalloutCase> Cases(Gen<string> texts, Func<string, bool> isAllowed)
    {
        // The callout's own names are not extra fields; the names of other callouts are.
        Gen<string> names = Gen.Frequency(
            (3, texts),
            (1, Gen.Elements(NearNames)),
            (1, Gen.Elements("agentID", "AGENTPASSWORD", "Port", "dialString", "ipaddress", "agentQueue")));
        Gen<WireField> fields = from name in names from value in texts select new WireField(name, value);
        Gen<CalloutCase> cases =
            from kind in Gen.Choose(0, Kinds.Length - 1)
            from values in texts.ArrayOf(5)
            from isDialled in Gen.Elements(true, true, false)
            from count in Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
            from extra in fields.ArrayOf(count)
            select new CalloutCase(kind, values, isDialled, WireFields.Create(extra.Where(field => IsFree(kind, field.Name))));
        return Arb.From(cases, one => one.Shrink(isAllowed));
    }

    private IEnumerable<CalloutCase> Shrink(Func<string, bool> isAllowed)
    {
        for (int i = 0; i < ExtraFields.Count; i++)
        {
            yield return new(Kind, Values, IsDialled, Without(i));
        }

        for (int i = 0; i < Values.Length; i++)
        {
            foreach (string shorter in HostileText.Shrink(Values[i]).Where(isAllowed))
            {
                string[] values = (string[])Values.Clone();
                values[i] = shorter;
                yield return new(Kind, values, IsDialled, ExtraFields);
            }
        }

        for (int i = 0; i < ExtraFields.Count; i++)
        {
            foreach (string shorter in HostileText.Shrink(ExtraFields[i].Value).Where(isAllowed))
            {
                yield return new(Kind, Values, IsDialled, Without(i).Add(ExtraFields[i].Name, shorter));
            }

            foreach (string shorter in HostileText.Shrink(ExtraFields[i].Name).Where(name => isAllowed(name) && IsFree(Kind, name)))
            {
                yield return new(Kind, Values, IsDialled, Without(i).Add(shorter, ExtraFields[i].Value));
            }
        }
    }

    private WireFields Without(int index) => WireFields.Create(ExtraFields.Where((_, i) => i != index));
}
