using System;
using System.Text;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

public class CctXmlEncodingTests
{
    private const string Document = "<CCTSDK><event name='Error'><data name='occtErrorMsg' value='\u00E9'/></event></CCTSDK>";

    private static readonly ErrorEvent Event = new() { Message = "\u00E9" };

    [Theory]
    [InlineData("utf-7")]
    [InlineData("UTF-7")]
    public void UTF_7_is_refused(string name) =>
        Assert.Equal(
            ProtocolErrorKind.InvalidEncoding,
            Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.Read(
                System.Text.Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?><CCTSDK/>"))).Error.Kind);

    [Fact]
    public void An_encoding_is_not_sought_beyond_256_bytes() =>
        Assert.Empty(CctXmlFormatter.Default.Read(
            System.Text.Encoding.ASCII.GetBytes("<?xml version=\"1.0\"" + new string(' ', 256) + "encoding=\"bogus\"?><CCTSDK/>")));

    [Fact]
    public void An_encoding_is_not_sought_in_a_style_sheets_instruction() =>
        Assert.Empty(CctXmlFormatter.Default.Read("<?xml-stylesheet encoding=\"bogus\"?><CCTSDK/>"u8));

    [Fact]
    public void Bytes_without_any_sign_are_UTF_8() => Reads(Encoding.UTF8.GetBytes(Document));

    [Fact]
    public void Bytes_with_a_declaration_without_encoding_are_UTF_8() => Reads(Encoding.UTF8.GetBytes("<?xml version='1.0'?>" + Document));

    [Theory]
    [InlineData("utf-8", 0)]
    [InlineData("utf-8", 1)]
    [InlineData("utf-16", 0)]
    [InlineData("utf-16", 1)]
    [InlineData("utf-16BE", 0)]
    [InlineData("utf-16BE", 1)]
    [InlineData("utf-32", 0)]
    [InlineData("utf-32", 1)]
    [InlineData("utf-32BE", 0)]
    [InlineData("utf-32BE", 1)]
    public void Every_Unicode_encoding_reads_with_and_without_mark(string name, int marks)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] mark = marks == 0 ? [] : encoding.GetPreamble();
        Assert.Equal(marks, Math.Sign(mark.Length));
        Reads([.. mark, .. encoding.GetBytes(Document)]);
        Reads([.. mark, .. encoding.GetBytes("<?xml version='1.0' encoding='" + name + "'?>" + Document)]);
    }

    [Fact]
    public void A_mark_counts_more_than_a_declaration() =>
        Reads([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?>" + Document)]);

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("ISO-8859-1")]
    [InlineData("windows-1252")]
    [InlineData("Windows-1252")]
    [InlineData("iso-8859-15")]
    public void A_declared_encoding_of_one_byte_reads(string name) => Reads(Latin1("<?xml version='1.0' encoding='" + name + "'?>" + Document));

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"windows-1252\"?>")]
    [InlineData("<?xml version='1.0'\n\tencoding = 'windows-1252' standalone='yes'?>")]
    [InlineData("<?xml version='1.0' encoding =\r\n'windows-1252' ?>\r\n")]
    public void A_declaration_may_be_written_in_any_way(string declaration) => Reads(Latin1(declaration + Document));

    [Fact]
    public void Windows_1252_has_characters_where_ISO_8859_1_has_none() => Assert.Equal(
        [new ErrorEvent { Message = "\u20AC" }],
        CctXmlFormatter.Default.Read(Latin1("<?xml version='1.0' encoding='windows-1252'?>" + Document.Replace('\u00E9', '\u0080'))));

    [Theory]
    [InlineData("")]
    [InlineData(" ")] // one byte more, so that the bytes are no whole number of UTF-16 characters once
    public void UTF_8_that_calls_itself_UTF_16_reads(string end)
    {
        Reads(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-16'?>" + Document + end));
        Reads(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='UTF-16BE'?>" + Document + end));
        Reads(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-32'?>" + Document + end));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("utf-8 or so")]
    public void An_unknown_encoding_is_an_error(string name) => Fails(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='" + name + "'?>" + Document), 0);

    [Fact]
    public void An_encoding_is_sought_in_the_declaration_only() =>
        Reads(Encoding.UTF8.GetBytes("<?xml version='1.0'?><!-- encoding='nonsense' -->" + Document));

    [Fact]
    public void An_encoding_is_not_sought_in_an_instruction() => Reads(Encoding.UTF8.GetBytes("<?sort encoding='nonsense'?>" + Document));

    [Fact]
    public void An_encoding_of_the_document_is_not_sought_without_a_declaration() => Reads(Encoding.UTF8.GetBytes(
        Document.Insert("<CCTSDK".Length, " encoding='nonsense'")));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    public void Bytes_that_are_not_UTF_8_are_an_error_at_their_place(byte[] bytes)
    {
        byte[] start = Encoding.UTF8.GetBytes("<CCTSDK>\r\n<!-- \u00E9 -->");
        Fails([.. start, .. bytes, .. Encoding.UTF8.GetBytes("</CCTSDK>")], start.Length);
        Fails([0xEF, 0xBB, 0xBF, .. start, .. bytes, .. Encoding.UTF8.GetBytes("</CCTSDK>")], 3 + start.Length);
    }

    [Fact]
    public void The_first_byte_may_be_wrong() => Fails([0x95], 0);

    [Fact]
    public void Half_a_surrogate_pair_in_UTF_16_is_an_error_at_its_place() => Fails([0xFF, 0xFE, 0x3C, 0, 0x3D, 0xD8, 0x3C, 0], 4);

    [Fact]
    public void Half_a_character_of_UTF_16_is_an_error_at_its_place() => Fails([0x3C, 0, 0x43, 0, 0x43], 4);

    [Fact]
    public void Half_a_character_of_UTF_32_is_an_error_at_its_place() => Fails([0x3C, 0, 0, 0, 0x43, 0], 4);

    [Fact]
    public void Bytes_that_a_declared_encoding_does_not_have_are_an_error_at_their_place()
    {
        byte[] document = Latin1("<?xml version='1.0' encoding='us-ascii'?>" + Document);
        Fails(document, Array.IndexOf(document, (byte)0xE9));
    }

#if NET
    /// <summary>Mono's code pages do not say so.</summary>
    [Fact]
    public void Bytes_that_a_declared_code_page_does_not_have_are_an_error_at_their_place()
    {
        byte[] document = Latin1("<?xml version='1.0' encoding='shift_jis'?><CCTSDK><!-- \u0081\u0020 --></CCTSDK>");
        Fails(document, Array.IndexOf(document, (byte)0x81));
    }
#endif

    [Fact]
    public void The_offset_of_any_other_error_counts_characters_behind_the_mark()
    {
        byte[] document = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("<!-- \u00E9\u65E5\uD83D\uDE00 --><CCTSDK><x/></CCTSDK>")];
        Assert.False(CctXmlFormatter.Default.TryRead(document, out _, out ProtocolError? error));
        Assert.Equal((ProtocolErrorKind.Malformed, "<!-- 1234 --><CCTSDK><".Length), (error.Kind, error.Offset));
    }

    [Fact]
    public void A_document_type_is_found_in_every_encoding()
    {
        Assert.False(CctXmlFormatter.Default.TryRead(Encoding.Unicode.GetBytes("<!DOCTYPE CCTSDK><CCTSDK/>"), out _, out ProtocolError? error));
        Assert.Equal((ProtocolErrorKind.DtdProhibited, 0), (error.Kind, error.Offset));
    }

    private static byte[] Latin1(string text) => Encoding.GetEncoding("iso-8859-1").GetBytes(text);

    private static void Reads(byte[] bytes) => Assert.Equal([Event], CctXmlFormatter.Default.Read(bytes));

    private static void Fails(byte[] bytes, int offset)
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.Read(bytes)).Error;
        Assert.Equal((ProtocolErrorKind.InvalidEncoding, null, offset), (error.Kind, error.Field, error.Offset));
    }
}
