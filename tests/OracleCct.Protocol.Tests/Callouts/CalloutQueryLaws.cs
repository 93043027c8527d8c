using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

/// <summary>Tests what is true for every callout and every text.</summary>
[Collection(Law.Collection)]
public class CalloutQueryLaws
{
    // Four hostile values of 4 KB, each character as twelve, are far beyond the default limit.
    private const int Ample = 1 << 20;

    private static readonly CalloutQueryFormatter Formatter = new(new() { MaxLength = Ample });

    private static readonly Gen<string> Texts = CalloutCase.Writable.Generator.SelectMany(one => Gen.Elements(
        Formatter.Write(one.Callout),
        "/?" + Formatter.Write(one.Callout),
        "HTTP://localhost:3107/?" + Formatter.Write(one.Callout),
        CalloutCase.Join(one.Pairs, WebUtility.UrlEncode!),
        CalloutCase.Join(one.Pairs, text => text)));

    private static readonly Arbitrary<string> MutatedTexts = Arb.From(HostileText.Mutated(Texts), HostileText.Shrink);

    [Fact]
    public void The_generator_makes_every_message_with_every_field() => Assert.Equal(
        CalloutShapes.All.Select(shape => (shape.Name, string.Join(" ", shape.Fields.ToArray().Select(field => field.Name)))).OrderBy(shape => shape.Name),
        CalloutCase.Generated.OrderBy(kind => kind.Name));

    [Fact]
    public void What_is_written_reads_as_the_same_callout() => Law.Holds(CalloutCase.Writable, Wire, one =>
        Assert.Equal(one.Callout, Formatter.Read(Formatter.Write(one.Callout))), 600);

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_all_else_is_written() => Law.Holds(CalloutCase.Any, one => one.ToString(), one =>
    {
        if (one.Pairs.All(pair => HostileText.FitsQuery(pair.Name) && HostileText.FitsQuery(pair.Value)))
        {
            Assert.Equal(one.Callout, Formatter.Read(Formatter.Write(one.Callout)));
        }
        else
        {
            Assert.Equal(ProtocolErrorKind.InvalidCharacter, Assert.Throws<ProtocolFormatException>(() => Formatter.Write(one.Callout)).Error.Kind);
        }
    });

    [Fact]
    public void An_extra_field_with_a_known_name_is_refused_in_any_case() => Law.Holds(
        Arb.From(from one in CalloutCase.Writable.Generator
                 from name in Gen.Elements(one.Names.Concat(["FunctionName"]))
                 from seed in Gen.Choose(0, int.MaxValue)
                 select (Case: one.With(InSomeCase(name, new Random(seed)), "x"), Name: name)),
        bad => bad.Case.ToString(),
        bad =>
        {
            ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Formatter.Write(bad.Case.Callout)).Error;
            Assert.Equal((ProtocolErrorKind.DuplicateField, bad.Name), (error.Kind, error.Field));
        });

    [Fact]
    public void What_reads_can_be_written_and_reads_the_same_again() => Law.Holds(MutatedTexts, text => text, text =>
    {
        if (Formatter.TryRead(text, out Callout? callout, out _))
        {
            Assert.Equal(callout, Formatter.Read(Formatter.Write(callout)));
        }
    }, 600);

    [Fact]
    public void TryRead_and_Read_agree_about_a_text_with_one_mutation() => Law.Holds(MutatedTexts, text => text, BothAgree, 600);

    [Fact]
    public void TryRead_and_Read_agree_about_any_text() => Law.Holds(
        Arb.From(
            Gen.OneOf(HostileText.Any, HostileText.Any.Select(text => "FunctionName=" + text), HostileText.Any.Select(text => "?FunctionName=Ready&" + text)),
            HostileText.Shrink),
        text => text,
        BothAgree,
        600);

    [Fact]
    public void TryRead_and_Read_agree_where_bytes_may_be_wrong() => Law.Holds(MutatedTexts, text => text, text =>
    {
        var strict = new CalloutQueryFormatter(new() { FallbackEncoding = null, MaxLength = Ample });
        var ascii = new CalloutQueryFormatter(new()
        {
            FallbackEncoding = Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
            MaxLength = Ample,
        });
        BothAgree(strict, text);
        BothAgree(ascii, text);
    });

    [Fact]
    public void Order_of_parameters_and_case_of_names_do_not_matter() => Law.Holds(
        Arb.From(from one in CalloutCase.Writable.Generator from seed in Gen.Choose(0, int.MaxValue) select (Case: one, Seed: seed)),
        shuffled => Shuffle(shuffled.Case, shuffled.Seed),
        shuffled => Assert.Equal(shuffled.Case.Callout, Formatter.Read(Shuffle(shuffled.Case, shuffled.Seed))),
        500);

    [Fact]
    public void What_RFC_3986_escapes_reads_the_same_whatever_a_plus_means() => Law.Holds(CalloutCase.Writable, Wire, one =>
    {
        string text = CalloutCase.Join(one.Pairs, EscapeDataString);
        foreach (QueryPlusSign plus in new[] { QueryPlusSign.Smart, QueryPlusSign.Space, QueryPlusSign.Literal })
        {
            Assert.Equal(one.Callout, new CalloutQueryFormatter(new() { PlusSign = plus, MaxLength = Ample }).Read(text));
        }
    });

    [Fact]
    public void What_a_form_encoder_escapes_reads_the_same_where_a_plus_is_a_space() => Law.Holds(CalloutCase.Writable, Wire, one =>
    {
        string text = CalloutCase.Join(one.Pairs, WebUtility.UrlEncode!);
        Assert.Equal(one.Callout, new CalloutQueryFormatter(new() { PlusSign = QueryPlusSign.Space, MaxLength = Ample }).Read(text));
    });

    [Fact]
    public void What_is_written_is_ASCII_without_blanks() => Law.Holds(CalloutCase.Writable, Wire, one =>
        Assert.All(Formatter.Write(one.Callout), c => Assert.InRange(c, '!', '~')), 100);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Another_culture_writes_the_same_text_and_reads_the_same_callout(string culture) => Law.Holds(CalloutCase.Writable, Wire, one =>
    {
        string text = Formatter.Write(one.Callout);
        Assert.Equal(text, Law.InCulture(culture, () => Formatter.Write(one.Callout)));
        Assert.Equal(one.Callout, Law.InCulture(culture, () => Formatter.Read(text)));
        Assert.Equal(one.Callout, Law.InCulture(culture, () => Formatter.Read(Shuffle(one, 1))));
    }, 100);

    [Fact]
    public void No_text_of_the_library_shows_a_password() => Law.Holds(PasswordTexts, text => text, text =>
    {
        // A password that brings its own FunctionName, unescaped, names the function, of which only what looks like a name is shown.
        string said = Formatter.TryRead(text, out Callout? callout, out ProtocolError? error)
            ? callout is UnknownCallout { FunctionName: not "SomethingElse" } ? "" : callout + " " + callout.ExtraFields
            : error + " " + error.Field + " " + new ProtocolFormatException(error);

        Assert.All(
            new[] { "Zx7", "Qk9", EscapeAll("Zx7"), EscapeAll("Qk9") },
            secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase));
    }, 1000);

    [Fact]
    public void A_refusal_to_write_does_not_show_the_password() => Law.Holds(HostileText.AnyText, text => text, text =>
    {
        var login = new LoginCallout
        {
            TelesetNumber = "1",
            AgentId = "2",
            AgentPassword = new("Zx7" + text + "\uD800Qk9"),
            AgentQueue = "3",
            ExtraFields = [new("Zx7", "Qk9")],
        };

        string said = login + " " + Assert.Throws<ProtocolFormatException>(() => Formatter.Write(login)) + " "
            + Assert.Throws<ProtocolFormatException>(() => Formatter.Write(login with { AgentPassword = new(""), ExtraFields = [new("Zx7\uD800", "Qk9")] }));

        Assert.DoesNotContain("Zx7", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Qk9", said, StringComparison.OrdinalIgnoreCase);
    }, 100);

    /// <summary>Logins and Logouts with a password that nothing else contains: escaped, half escaped or not escaped, then changed in one place.</summary>
    private static Arbitrary<string> PasswordTexts { get; } = Arb.From(
        HostileText.Mutated(
            from function in Gen.Elements("Login", "Logout", "LOGIN", "SomethingElse", "Register")
            from middle in HostileText.ForQuery
            from escape in Gen.Elements<Func<string, string>>(EscapeDataString, WebUtility.UrlEncode!, text => text, EscapeAll)
            select "FunctionName=" + function + "&telesetNumber=70002&agentID=7001&agentPassword=" + escape(
                "Zx7" + middle + "Qk9") + "&agentQueue=7700&ipAddress=::1&port=x"),
        HostileText.Shrink);

    private static string Wire(CalloutCase one) => Formatter.Write(one.Callout);

    private static string EscapeAll(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Escapes in pieces, because .NET Framework's method has a limit.</summary>
    private static string EscapeDataString(string text) => text.Length > 2000 ? EscapeAll(text) : Uri.EscapeDataString(text);

    private static void BothAgree(string text) => BothAgree(Formatter, text);

    private static void BothAgree(CalloutQueryFormatter formatter, string text)
    {
        if (formatter.TryRead(text, out Callout? callout, out ProtocolError? error))
        {
            Assert.Null(error);
            Assert.Equal(callout, formatter.Read(text));
        }
        else
        {
            Assert.Null(callout);
            Assert.InRange(error.Offset, 0, text.Length);
            Assert.Equal(error, Assert.Throws<ProtocolFormatException>(() => formatter.Read(text)).Error);
        }
    }

    /// <summary>Returns the parameters in another order and their names in another case. Extra fields keep their order and spelling.</summary>
    private static string Shuffle(CalloutCase one, int seed)
    {
        var random = new Random(seed);
        int knownCount = one.Pairs.Count() - one.Callout.ExtraFields.Count;
        var known = one.Pairs.Take(knownCount)
            .Select((pair, i) => (Name: InSomeCase(pair.Name, random), Value: i == 0 && one.IsKnown ? InSomeCase(pair.Value, random) : pair.Value))
            .OrderBy(_ => random.Next())
            .ToList();
        var pairs = new List<(string, string)>(one.Pairs.Skip(knownCount));
        foreach ((string, string) pair in known)
        {
            pairs.Insert(random.Next(pairs.Count + 1), pair);
        }

        return CalloutCase.Join(pairs, EscapeDataString);
    }

    private static string InSomeCase(string name, Random random) =>
        string.Concat(name.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
