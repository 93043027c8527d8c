using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Wire;

namespace OracleCct.Protocol.Tests.Events;

/// <summary>Represents the parts of a generated event, which can be shrunk, and what the wire should show of them.</summary>
internal sealed class EventCase
{
    /// <summary>Every kind with its keys, deliberately written a second time. The first of an event of a call is never missing.</summary>
    private static readonly (string Name, string[] Keys)[] Kinds =
    [
        ("ScreenPop",
        [
            "occtSourceID", "occtANI", "occtDNIS", "CustomerID", "ContactNum", "ScreenPopType", "occtClassification", "AccountNum", "EventCode",
            "ServiceRequestNum",
            "COMPAIGN_SCHEDULE_NAME", "lastOperationCode", "language",
        ]),
        ("CallEstablished", ["occtSourceID"]),
        ("CallReleased", ["occtSourceID"]),
        ("Error", ["occtErrorMsg", "KeyErrorDetails"]),
        ("", []),
    ];

    private const int ErrorKind = 3;

    private static readonly string[] NearNames =
    [
        "", "occtSourceId", "occtsourceid", "OCCTANI", "CAMPAIGN_SCHEDULE_NAME", "Language", "keyErrorDetails", "occtErrorMsg ", "\uFEFFocctANI", "PARTY_ID",
        "AccountCode",
        "occtSourceID", "occtANI", "KeyErrorDetails",
    ];

    /// <summary>Gets the events that the generator makes, and the keys of each.</summary>
    public static IEnumerable<(string Name, string Fields)> Generated =>
        Kinds.Where(kind => kind.Name.Length > 0).Select(kind => (kind.Name, string.Join(" ", kind.Keys)));

    private EventCase(int kind, string?[] values, WireFields extraFields)
    {
        Kind = kind;
        Values = values;
        ExtraFields = extraFields;
    }

    private int Kind { get; }

    /// <summary>One for each key that an event can have, and a last one for the name of an unknown event.</summary>
    private string?[] Values { get; }

    private WireFields ExtraFields { get; }

    public IReadOnlyList<string> Keys => Kinds[Kind].Keys;

    public CctEvent Event => Kind switch
    {
        0 => new ScreenPopEvent
        {
            SourceId = Values[0] ?? "",
            Ani = Values[1],
            Dnis = Values[2],
            CustomerId = Values[3],
            ContactNum = Values[4],
            ScreenPopType = Values[5] is { } type ? new ScreenPopType(type) : null,
            Classification = Values[6] is { } classification ? new ScreenPopType(classification) : null,
            AccountNum = Values[7],
            EventCode = Values[8],
            ServiceRequestNum = Values[9],
            CampaignScheduleName = Values[10],
            LastOperationCode = Values[11],
            Language = Values[12],
            ExtraFields = ExtraFields,
        },
        1 => new CallEstablishedEvent { SourceId = Values[0] ?? "", ExtraFields = ExtraFields },
        2 => new CallReleasedEvent { SourceId = Values[0] ?? "", ExtraFields = ExtraFields },
        ErrorKind => new ErrorEvent { Message = Values[0], Details = Values[1], ExtraFields = ExtraFields },
        _ => new UnknownEvent(UnknownName) { ExtraFields = ExtraFields },
    };

    /// <summary>The names and values of the event's pairs in canonical order.</summary>
    public IEnumerable<(string Name, string Value)> Pairs
    {
        get
        {
            for (int i = 0; i < Keys.Count; i++)
            {
                if ((Values[i] ?? (i == 0 && Kind != ErrorKind ? "" : null)) is { } value)
                {
                    yield return (Keys[i], value);
                }
            }

            foreach (WireField extra in ExtraFields)
            {
                yield return (extra.Name, extra.Value);
            }
        }
    }

    /// <summary>Gets every text that the document contains.</summary>
    public IEnumerable<string> Texts => Pairs.SelectMany(pair => new[] { pair.Name, pair.Value }).Concat([Event.Name]);

    /// <summary>Events that can be written.</summary>
    public static Arbitrary<EventCase> Writable { get; } = Cases(HostileText.ForXml, HostileText.FitsXml);

    /// <summary>Events with anything in them.</summary>
    public static Arbitrary<EventCase> Any { get; } = Cases(HostileText.Any, _ => true);

    private string UnknownName => Kinds.Any(kind => kind.Name.Length > 0 && kind.Name == Values[13]) ? Values[13] + "!" : Values[13] ?? "";

    /// <summary>Returns the same event with one more pair.</summary>
    public EventCase With(string name, string value) => new(Kind, Values, ExtraFields.Add(name, value));

    /// <summary>Returns what a failing test prints.</summary>
    public override string ToString() => HostileText.Show(Event.Name + ": " + string.Join(" | ", Pairs.Select(pair => pair.Name + " = " + pair.Value)));

    private static bool IsFree(int kind, string name) => !Kinds[kind].Keys.Contains(name, StringComparer.Ordinal);

    private static Arbitrary<EventCase> Cases(Gen<string> texts, Func<string, bool> isAllowed)
    {
        Gen<string> names = Gen.Frequency((3, texts), (2, Gen.Elements(NearNames)));
        Gen<string?> values = Gen.Frequency<string?>((1, Gen.Constant<string?>(null)), (3, texts.Select(text => (string?)text)));
        Gen<WireField> fields = from name in names from value in texts select new WireField(name, value);
        Gen<EventCase> cases =
            from kind in Gen.Choose(0, Kinds.Length - 1)
            from own in values.ArrayOf(14)
            from count in Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
            from extra in fields.ArrayOf(count)
            select new EventCase(kind, own, WireFields.Create(extra.Where(field => IsFree(kind, field.Name))));
        return Arb.From(cases, one => one.Shrink(isAllowed));
    }

    private IEnumerable<EventCase> Shrink(Func<string, bool> isAllowed)
    {
        for (int i = 0; i < ExtraFields.Count; i++)
        {
            yield return new(Kind, Values, Without(i));
        }

        for (int i = 0; i < Values.Length; i++)
        {
            IEnumerable<string?> smaller = Values[i] is { } value ? HostileText.Shrink(value).Where(isAllowed).Prepend<string?>(null) : [];
            foreach (string? shorter in smaller)
            {
                string?[] values = (string?[])Values.Clone();
                values[i] = shorter;
                yield return new(Kind, values, ExtraFields);
            }
        }

        for (int i = 0; i < ExtraFields.Count; i++)
        {
            foreach (string shorter in HostileText.Shrink(ExtraFields[i].Value).Where(isAllowed))
            {
                yield return new(Kind, Values, Without(i).Add(ExtraFields[i].Name, shorter));
            }

            foreach (string shorter in HostileText.Shrink(ExtraFields[i].Name).Where(name => isAllowed(name) && IsFree(Kind, name)))
            {
                yield return new(Kind, Values, Without(i).Add(shorter, ExtraFields[i].Value));
            }
        }
    }

    private WireFields Without(int index) => WireFields.Create(ExtraFields.Where((_, i) => i != index));
}
