using System;
using System.Text;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

public class CalloutQueryReadTests
{
    private const string Ready = "FunctionName=Ready&telesetNumber=70002&agentID=7001";

    private static readonly ReadyCallout ReadyCallout = new() { TelesetNumber = "70002", AgentId = "7001" };

    // Around the parameters

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("/?")]
    [InlineData("/softphone/callouts?")]
    [InlineData("//?")]
    [InlineData("http://localhost:3107/?")]
    [InlineData("https://localhost:3107/?")]
    [InlineData("HTTP://LOCALHOST/?")]
    [InlineData("HttpS://[::1]:3107/a/b?")]
    [InlineData("http://localhost:3107?")]
    [InlineData("http://?")]
    public void A_query_reads_with_or_without_its_address(string start) => Assert.Equal(ReadyCallout, Read(start + Ready));

    [Theory]
    [InlineData("ftp://localhost/?")]
    [InlineData("localhost:3107/?")]
    [InlineData("??")]
    [InlineData("http:/localhost/?")]
    public void What_is_no_address_belongs_to_the_first_name(string start) =>
        Fails(start + Ready, ProtocolErrorKind.MissingField, "FunctionName", (start + Ready).Length);

    [Theory]
    [InlineData("http://localhost:3107/")]
    [InlineData("/")]
    [InlineData("/?")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("/FunctionName=Ready&telesetNumber=70002&agentID=7001")]
    public void An_address_without_query_has_no_function(string text) => Fails(text, ProtocolErrorKind.MissingField, "FunctionName", text.Length);

    [Fact]
    public void A_fallback_encoding_whose_decoder_stumbles_is_no_exception()
    {
        // Mono's decoder of this encoding exceeds its tables here.
#if NET
        Encoding eucJp = CodePagesEncodingProvider.Instance.GetEncoding("euc-jp")!;
#else
        var eucJp = Encoding.GetEncoding("euc-jp");
#endif
        var formatter = new CalloutQueryFormatter(new() { FallbackEncoding = eucJp });

        bool read = formatter.TryRead(
            "FunctionName=X&a=%DF%FD%06%DA%18%6D%19%CC%9B%B0%93%43%2E%23%EC%76%83%8F%1D%FB", out Callout? callout, out ProtocolError? error);

        Assert.Equal(read, callout is not null);
        Assert.Equal(read, error is null);
    }

    [Fact]
    public void Only_the_first_question_mark_begins_the_query() =>
        Assert.Equal(ReadyCallout with { AgentId = "70?1" }, Read("/?FunctionName=Ready&telesetNumber=70002&agentID=70?1"));

    [Fact]
    public void A_URL_wrapped_as_a_page_shows_it_reads() => Assert.Equal(
        new RegisterCallout { TelesetNumber = "70002", AgentId = "7001", IpAddress = "127.0.0.1", Port = 8888 },
        Read("\r\n http://localhost:3107/?FunctionName=Register&\r\ntelesetNumber=70002&\n\tagentID=7001&ipAddress=127.0.0.1&po\rrt=8888          \r\n\t "));

    [Fact]
    public void Blanks_before_the_first_name_do_not_count() => Assert.Equal(ReadyCallout, Read(" \t\r\n" + Ready));

    [Fact]
    public void Blanks_behind_the_last_value_do_not_count() => Assert.Equal(ReadyCallout, Read(Ready + " \t\r\n "));

    [Fact]
    public void A_blank_inside_belongs_to_its_value() =>
        Assert.Equal(ReadyCallout with { TelesetNumber = " 7 2 " }, Read("FunctionName=Ready&telesetNumber= 7 2 &agentID=7001"));

    [Fact]
    public void Another_kind_of_blank_around_belongs_to_its_value() => Assert.Equal(ReadyCallout with { AgentId = "7001\u00A0" }, Read(Ready + "\u00A0"));

    [Fact]
    public void A_line_break_in_a_value_counts_when_it_is_escaped() => Assert.Equal(ReadyCallout with { AgentId = "7001\r\n\t" }, Read(Ready + "%0D%0a%09"));

    [Fact]
    public void Empty_pieces_between_ampersands_are_none() => Assert.Equal(ReadyCallout, Read("&&FunctionName=Ready&&&telesetNumber=70002&agentID=7001&&"));

    // Plus

    [Fact]
    public void A_plus_in_a_number_survives() => Assert.Equal("+15551234567", Dialled("+15551234567"));

    [Theory]
    [InlineData("+0", "+0")]
    [InlineData("+9", "+9")]
    [InlineData("1+1", "1 1")]
    [InlineData("++1", "  1")] // only right before the digit, and only at the start
    [InlineData("+", " ")]
    [InlineData("+a", " a")]
    [InlineData("+(1)", " (1)")]
    [InlineData("+%31", " 1")] // whoever escapes a digit escapes a plus
    [InlineData("+\u0661", " \u0661")]
    [InlineData("%2B1", "+1")]
    [InlineData("%2b+1", "+ 1")]
    [InlineData("a+", "a ")]
    public void A_smart_plus_is_one_before_a_number_only(string sent, string read) => Assert.Equal(read, Dialled(sent));

    [Theory]
    [InlineData("+15551234567", " 15551234567")]
    [InlineData("1+1", "1 1")]
    [InlineData("%2B1", "+1")]
    public void A_plus_can_be_a_space_always(string sent, string read) => Assert.Equal(read, Dialled(sent, new() { PlusSign = QueryPlusSign.Space }));

    [Theory]
    [InlineData("+15551234567", "+15551234567")]
    [InlineData("1+1", "1+1")]
    [InlineData("a+", "a+")]
    [InlineData("%20", " ")]
    public void A_plus_can_be_a_plus_always(string sent, string read) => Assert.Equal(read, Dialled(sent, new() { PlusSign = QueryPlusSign.Literal }));

    [Theory]
    [InlineData(QueryPlusSign.Smart)]
    [InlineData(QueryPlusSign.Space)]
    [InlineData(QueryPlusSign.Literal)]
    public void A_plus_in_a_name_is_a_space(QueryPlusSign plus) =>
        Assert.Equal([new(" 1 a", "")], Read("FunctionName=X&+1+a", new() { PlusSign = plus }).ExtraFields);

    [Fact]
    public void A_plus_in_the_name_of_a_function_is_read_as_in_a_value() => Assert.Equal("+1 a", Read("FunctionName=+1+a").FunctionName);

    // Percent

    [Theory]
    [InlineData("%41", "A")]
    [InlineData("%c3%A9", "\u00E9")]
    [InlineData("%F0%9F%98%80", "\uD83D\uDE00")]
    [InlineData("%00", "\0")]
    [InlineData("%EF%BF%BD", "\uFFFD")]
    [InlineData("%EF%BB%BFa", "\uFEFFa")]
    [InlineData("%2525", "%25")] // once, not twice
    [InlineData("%26%3D%3f", "&=?")]
    public void An_escape_is_bytes_of_UTF_8(string sent, string read) => Assert.Equal(read, Dialled(sent));

    [Theory]
    [InlineData("%")]
    [InlineData("%%")]
    [InlineData("100%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("%4g")]
    [InlineData("%g4")]
    [InlineData("%/0")]
    [InlineData("%:0")]
    [InlineData("%@1")]
    [InlineData("%`1")]
    [InlineData("%-1")]
    [InlineData("% 4")]
    [InlineData("%u0041")]
    public void A_percent_sign_that_begins_no_escape_is_one(string text) => Assert.Equal(text, Dialled(text));

    [Fact]
    public void A_percent_sign_before_an_escape_is_one() => Assert.Equal("%A", Dialled("%%41"));

    [Fact]
    public void An_escape_does_not_reach_over_the_end_of_its_value() =>
        Assert.Equal(ReadyCallout with { TelesetNumber = "%4" }, Read("FunctionName=Ready&telesetNumber=%4&agentID=7001"));

    [Fact]
    public void An_escape_does_not_reach_over_the_equals_sign() => Assert.Equal([new("%4", "1")], Read("FunctionName=X&%4=1").ExtraFields);

    [Fact]
    public void A_name_can_be_escaped() => Assert.Equal(ReadyCallout, Read("%46unctionName=Ready&teleset%4eumber=70002&%61%67entID=7001"));

    [Fact]
    public void Characters_beyond_ASCII_stand_for_themselves() => Assert.Equal("\u00E9\u65E5\uD83D\uDE00", Dialled("\u00E9\u65E5\uD83D\uDE00"));

    [Fact]
    public void Raw_and_escaped_characters_mix() => Assert.Equal("\u00E9a\u00E9 \u00E9\uD83D\uDE00\u00E9", Dialled("\u00E9a%C3%A9%20\u00E9\uD83D\uDE00%E9"));

    // Bytes that are not UTF-8

    [Theory]
    [InlineData("%E9", "\u00E9")]
    [InlineData("caf%E9+1", "caf\u00E9 1")]
    [InlineData("%C3", "\u00C3")]
    [InlineData("%80", "\u0080")]
    [InlineData("%C0%80", "\u00C0\u0080")] // overlong
    [InlineData("%ED%A0%80", "\u00ED\u00A0\u0080")] // a surrogate
    [InlineData("%F5%80%80%80", "\u00F5\u0080\u0080\u0080")] // beyond the last plane
    [InlineData("%EF%BF%BD%FF", "\u00EF\u00BF\u00BD\u00FF")]
    public void Bytes_that_are_not_UTF_8_are_ISO_8859_1(string sent, string read) => Assert.Equal(read, Dialled(sent));

    [Fact]
    public void Another_encoding_can_be_configured() =>
        Assert.Equal("e\u4E02A", Dialled("e%81%40A", new() { FallbackEncoding = new TwoByteEncoding() }));

    [Fact]
    public void An_ASCII_byte_inside_a_character_of_the_fallback_encoding_may_be_unescaped() =>
        Assert.Equal("\u4E02", Dialled("%81@", new() { FallbackEncoding = new TwoByteEncoding() }));

    [Fact]
    public void UTF_8_comes_before_the_fallback_encoding() => Assert.Equal("\u00E9", Dialled("%C3%A9", new() { FallbackEncoding = new TwoByteEncoding() }));

    [Fact]
    public void Without_fallback_bytes_that_are_not_UTF_8_are_an_error() =>
        Fails(
            "FunctionName=MakeCall&telesetNumber=1&agentID=2&dialString=a%E9", ProtocolErrorKind.InvalidEncoding, "dialString", 59,
            new() { FallbackEncoding = null });

    [Fact]
    public void Without_fallback_they_are_an_error_before_a_raw_character_too() =>
        Fails(
            "FunctionName=MakeCall&telesetNumber=1&agentID=2&dialString=%E9\u00E9", ProtocolErrorKind.InvalidEncoding, "dialString", 59,
            new() { FallbackEncoding = null });

    [Fact]
    public void Bytes_that_the_fallback_encoding_does_not_have_are_an_error() =>
        Fails("FunctionName=%E9", ProtocolErrorKind.InvalidEncoding, "FunctionName", 13, new()
        {
            FallbackEncoding = Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        });

    [Fact]
    public void A_name_that_does_not_decode_is_not_shown() =>
        Fails(Ready + "&Zx7%E9=1", ProtocolErrorKind.InvalidEncoding, null, 52, new() { FallbackEncoding = null });

    [Fact]
    public void An_extra_value_that_does_not_decode_has_no_field() =>
        Fails(Ready + "&Zx7=%E9", ProtocolErrorKind.InvalidEncoding, null, 56, new() { FallbackEncoding = null });

    // Half a surrogate pair

    [Theory]
    [InlineData("H", 0)]
    [InlineData("L", 0)]
    [InlineData("abLH", 2)]
    [InlineData("HLH", 2)]
    [InlineData("H%41", 0)]
    [InlineData("HH", 0)]
    public void Half_a_surrogate_pair_is_an_error(string halves, int offset) =>
        Fails("FunctionName=MakeCall&telesetNumber=1&agentID=2&dialString=" + Halves.In(halves), ProtocolErrorKind.InvalidCharacter, "dialString", 59 + offset);

    [Fact]
    public void A_pair_does_not_reach_over_the_end_of_its_value() =>
        Fails("FunctionName=Ready&telesetNumber=\uD83D&\uDE00agentID=2", ProtocolErrorKind.InvalidCharacter, "telesetNumber", 33);

    [Fact]
    public void A_pair_does_not_reach_from_name_to_value() => Fails("FunctionName=X&\uD83D=\uDE00", ProtocolErrorKind.InvalidCharacter, null, 15);

    // What a URL must not contain, and a client that encodes nothing sends

    [Theory]
    [InlineData("#42")]
    [InlineData("1;2")]
    [InlineData("a=b=c")]
    [InlineData("/?x")]
    [InlineData("<\"'>{}|\\^`[]")]
    [InlineData("\u007F\u0001\0")]
    public void A_value_may_hold_what_a_client_should_have_escaped(string value) => Assert.Equal(value, Dialled(value));

    // Parameters: empty, missing, repeated, unknown

    [Fact]
    public void An_empty_value_is_empty() =>
        Assert.Equal(new ReadyCallout { TelesetNumber = "", AgentId = "" }, Read("FunctionName=Ready&telesetNumber=&agentID"));

    [Theory]
    [InlineData("FunctionName=Ready&telesetNumber=70002", "agentID")]
    [InlineData("FunctionName=Ready&agentID=7001", "telesetNumber")]
    [InlineData("FunctionName=Ready", "telesetNumber")]
    [InlineData("FunctionName=Unregister&agentID=7001", "telesetNumber")]
    [InlineData("FunctionName=NotReady&telesetNumber=7001", "agentID")]
    [InlineData("FunctionName=Register&telesetNumber=1&agentID=2&port=3", "ipAddress")]
    [InlineData("FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=3", "port")]
    [InlineData("FunctionName=Login&telesetNumber=1&agentID=2&agentQueue=3", "agentPassword")]
    [InlineData("FunctionName=Login&telesetNumber=1&agentID=2&agentPassword=3", "agentQueue")]
    [InlineData("FunctionName=Logout&telesetNumber=1&agentID=2&agentQueue=3", "agentPassword")]
    [InlineData("FunctionName=Logout&telesetNumber=1&agentID=2&agentPassword=3", "agentQueue")]
    [InlineData("FunctionName=MakeCall&telesetNumber=1&agentID=2", "dialString")]
    [InlineData("FunctionName=DialCanonical&telesetNumber=1", "agentID")]
    [InlineData("telesetNumber=1&agentID=2", "FunctionName")]
    public void A_missing_parameter_is_an_error_that_names_it(string text, string field) => Fails(text, ProtocolErrorKind.MissingField, field, text.Length);

    [Fact]
    public void A_repeated_parameter_is_an_error() => Fails(Ready + "&agentID=7001", ProtocolErrorKind.DuplicateField, "agentID", 60);

    [Fact]
    public void A_parameter_repeated_in_another_case_is_an_error() => Fails(Ready + "&AGENTID=1", ProtocolErrorKind.DuplicateField, "agentID", 60);

    [Fact]
    public void A_parameter_repeated_empty_is_an_error() => Fails(Ready + "&telesetNumber", ProtocolErrorKind.DuplicateField, "telesetNumber", 65);

    [Fact]
    public void A_repeated_function_is_an_error() => Fails(Ready + "&functionname=Ready", ProtocolErrorKind.DuplicateField, "FunctionName", 65);

    [Fact]
    public void A_repeated_extra_parameter_is_kept_each_time() =>
        Assert.Equal([new("x", "1"), new("x", "2"), new("x", "1")], Read(Ready + "&x=1&x=2&x=1").ExtraFields);

    [Fact]
    public void Extra_parameters_are_kept_in_order_and_spelling() => Assert.Equal(
        ReadyCallout with { ExtraFields = [new("b", ""), new("A", " "), new("", "x"), new("", ""), new("agentPassword", "1")] },
        Read("b&FunctionName=Ready&A=%20&telesetNumber=70002&=x&agentID=7001&=&agentPassword=1"));

    [Fact]
    public void Dial_canonical_reads_without_a_number() =>
        Assert.Equal(
            new DialCanonicalCallout { TelesetNumber = "1", AgentId = "2", ExtraFields = [new("number", "3")] },
            Read("FunctionName=DialCanonical&telesetNumber=1&agentID=2&number=3"));

    [Fact]
    public void Dial_canonical_keeps_an_empty_number_apart_from_none() =>
        Assert.Equal("", Assert.IsType<DialCanonicalCallout>(Read("FunctionName=DialCanonical&telesetNumber=1&agentID=2&dialString=")).DialString);

    [Fact]
    public void Check_status_keeps_everything_as_extra() =>
        Assert.Equal(new CheckStatusCallout { ExtraFields = [new("agentID", "1")] }, Read("FunctionName=CheckStatus&agentID=1"));

    // Names

    [Theory]
    [InlineData("functionname=ready&telesetnumber=70002&agentid=7001")]
    [InlineData("FUNCTIONNAME=READY&TELESETNUMBER=70002&AGENTID=7001")]
    [InlineData("agentID=7001&telesetNumber=70002&FunctionName=rEADY")]
    [InlineData("telesetNumber=70002&FunctionName=Ready&agentID=7001")]
    public void Case_of_names_and_order_do_not_matter(string text) => Assert.Equal(ReadyCallout, Read(text));

    [Theory]
    [InlineData("Unregister")]
    [InlineData("unregister")]
    [InlineData("UnRegister")]
    public void Both_of_the_seeds_spellings_of_unregister_are_read(string functionName) =>
        Assert.Equal(new UnregisterCallout { TelesetNumber = "1", AgentId = "2" }, Read("FunctionName=" + functionName + "&telesetNumber=1&agentID=2"));

    [Fact]
    public void An_unknown_function_keeps_all_its_parameters_in_order() => Assert.Equal(
        new UnknownCallout("HoldCall") { ExtraFields = [new("telesetNumber", "1"), new("AGENTID", "2"), new("agentID", "3"), new("x", "")] },
        Read("telesetNumber=1&AGENTID=2&FunctionName=HoldCall&agentID=3&x"));

    [Theory]
    [InlineData("FunctionName=", "")]
    [InlineData("FunctionName", "")]
    [InlineData("FunctionName=+", " ")]
    [InlineData("FunctionName=Ready%20", "Ready ")]
    [InlineData("FunctionName=Log\u0131n", "Log\u0131n")] // a dotless i is no i in any country
    [InlineData("FunctionName=LOG\u0130N", "LOG\u0130N")]
    [InlineData("FunctionName=hOLDcALL", "hOLDcALL")]
    public void An_unknown_function_keeps_its_spelling(string text, string functionName) => Assert.Equal(new UnknownCallout(functionName), Read(text));

    [Fact]
    public void The_letter_i_has_one_capital_in_Turkey_too() => Assert.Equal(
        new LoginCallout { TelesetNumber = "1", AgentId = "2", AgentPassword = new("3"), AgentQueue = "4" },
        Law.InCulture("tr-TR", () => Read("FUNCTIONNAME=LOGIN&TELESETNUMBER=1&agentid=2&AGENTPASSWORD=3&AGENTQUEUE=4")));

    // Port

    [Theory]
    [InlineData("1", 1)]
    [InlineData("8888", 8888)]
    [InlineData("65535", 65535)]
    [InlineData("08888", 8888)]
    [InlineData("000000000000008888", 8888)]
    [InlineData("%38888", 8888)]
    public void A_port_is_a_number(string sent, int port) =>
        Assert.Equal(port, Assert.IsType<RegisterCallout>(Read("FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=3&port=" + sent)).Port);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("%2B80")]
    [InlineData("+80")]
    [InlineData("%2080")]
    [InlineData("80%20")]
    [InlineData("80%00")] // the platform's parser would take it
    [InlineData("8,8")]
    [InlineData("80.0")]
    [InlineData("0x50")]
    [InlineData("8e1")]
    [InlineData("http")]
    [InlineData("%D9%A8%D9%A0")] // 80 in Arabic digits
    [InlineData("%EF%BC%98%EF%BC%90")] // 80 in wide digits
    public void Anything_else_is_no_port(string sent) =>
        Fails("FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=3&port=" + sent, ProtocolErrorKind.InvalidValue, "port", 65);

    [Fact]
    public void Arabic_digits_are_no_port_in_an_Arabic_country_either() => Law.InCulture("ar-SA", () =>
    {
        Fails("FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=3&port=\u0668\u0660", ProtocolErrorKind.InvalidValue, "port", 65);
        return 0;
    });

    // Limits

    [Fact]
    public void A_text_of_8192_characters_reads() =>
        Assert.Equal(8192 - Ready.Length - 3, Read(Ready + "&x=" + new string('y', 8192 - Ready.Length - 3)).ExtraFields[0].Value.Length);

    [Fact]
    public void A_text_of_8193_characters_is_too_long() =>
        Fails(Ready + "&x=" + new string('y', 8193 - Ready.Length - 3), ProtocolErrorKind.TooLong, null, 8192);

    [Fact]
    public void Blanks_around_count_for_the_limit() => Fails(Ready + new string(' ', 8193 - Ready.Length), ProtocolErrorKind.TooLong, null, 8192);

    [Fact]
    public void A_configured_limit_holds_exactly()
    {
        var options = new CalloutQueryOptions { MaxLength = Ready.Length };
        Assert.Equal(ReadyCallout, Read(Ready, options));
        Fails(Ready + "0", ProtocolErrorKind.TooLong, null, Ready.Length, options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_is_at_least_1(int limit) => Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutQueryOptions { MaxLength = limit });

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        var options = new CalloutQueryOptions();
        Assert.Equal((8192, QueryPlusSign.Smart, "iso-8859-1"), (options.MaxLength, options.PlusSign, options.FallbackEncoding?.WebName));
        Assert.Equal(new() { MaxLength = 1 }, new CalloutQueryOptions { MaxLength = 1 });
    }

    // Read and TryRead

    [Fact]
    public void Null_is_no_callout()
    {
        Assert.False(CalloutQueryFormatter.Default.TryRead(null, out Callout? callout, out ProtocolError? error));
        Assert.Null(callout);
        Assert.Equal(ProtocolErrorKind.MissingField, error.Kind);
        Assert.Throws<ArgumentNullException>("text", () => CalloutQueryFormatter.Default.Read(null!));
    }

    [Fact]
    public void An_error_is_one_sentence_with_field_and_place()
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => CalloutQueryFormatter.Default.Read("FunctionName=Ready&telesetNumber=1")).Error;
        Assert.Equal("agentID is missing from Ready (at character 34).", error.Message);
        Assert.Equal(error.Message, error.ToString());
    }

    private static Callout Read(string text, CalloutQueryOptions? options = null) => new CalloutQueryFormatter(options).Read(text);

    private static string Dialled(string value, CalloutQueryOptions? options = null) =>
        Assert.IsType<MakeCallCallout>(Read("FunctionName=MakeCall&dialString=" + value + "&telesetNumber=1&agentID=2", options)).DialString;

    private static void Fails(string text, ProtocolErrorKind kind, string? field, int offset, CalloutQueryOptions? options = null)
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Read(text, options)).Error;
        Assert.Equal((kind, field, offset), (error.Kind, error.Field, error.Offset));
        Assert.DoesNotContain("Zx7", error.Message, StringComparison.Ordinal);
    }

    /// <summary>An encoding with ASCII bytes inside its characters, as several East Asian ones have; those are not on every platform.</summary>
    private sealed class TwoByteEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException();

        public override int GetCharCount(byte[] bytes, int index, int count) => GetChars(bytes, index, count, new char[count], 0);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            int written = charIndex;
            for (int i = byteIndex; i < byteIndex + byteCount; i++)
            {
                bool isPair = bytes[i] == 0x81 && i + 1 < byteIndex + byteCount && bytes[i + 1] == 0x40;
                i += isPair ? 1 : 0;
                chars[written++] = isPair ? '\u4E02' : (char)bytes[i];
            }

            return written - charIndex;
        }

        public override int GetMaxByteCount(int charCount) => charCount * 2;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
