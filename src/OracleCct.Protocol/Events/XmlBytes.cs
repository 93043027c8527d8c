using System;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>
/// Decodes the bytes of an XML document by its byte order mark, by the pattern of its first bytes, or by its declaration, as in appendix F of XML 1.0.
/// </summary>
internal static class XmlBytes
{
    // Longer declarations are ignored.
    private const int LongestDeclaration = 256;
    private const int Utf7CodePage = 65000;

    /// <summary>
    /// The beginnings of documents with more than one byte a character: a byte order mark, which is not part of the text, or the pattern of the first
    /// character.
    /// </summary>
    private static readonly (byte[] Start, int MarkLength, string Encoding)[] Beginnings =
    [
        ([0xFF, 0xFE, 0x00, 0x00], 4, "utf-32"),
        ([0x00, 0x00, 0xFE, 0xFF], 4, "utf-32BE"),
        ([0xEF, 0xBB, 0xBF], 3, "utf-8"),
        ([0xFF, 0xFE], 2, "utf-16"),
        ([0xFE, 0xFF], 2, "utf-16BE"),
        ([0x3C, 0x00, 0x00, 0x00], 0, "utf-32"),
        ([0x00, 0x00, 0x00, 0x3C], 0, "utf-32BE"),
        ([0x3C, 0x00], 0, "utf-16"),
        ([0x00, 0x3C], 0, "utf-16BE"),
    ];

    private static readonly byte[] DeclarationStart = "<?xml"u8.ToArray();

    /// <returns>What is wrong with the bytes, and where; null when they decode.</returns>
    public static (string Problem, int Offset)? Decode(ReadOnlySpan<byte> bytes, out string text)
    {
        foreach ((byte[] start, int markLength, string encoding) in Beginnings)
        {
            if (bytes.StartsWith(start))
            {
                return Decode(bytes, markLength, Find(encoding)!, out text);
            }
        }

        Encoding utf8 = Find("utf-8")!;
        if (DeclaredEncoding(bytes) is not { } declaredName)
        {
            return Decode(bytes, 0, utf8, out text);
        }

        if (Find(declaredName) is not { } declared)
        {
            text = "";
            return ("The document declares an unknown character encoding", 0);
        }

        // Text that declares UTF-16 and was then saved as UTF-8 is common. What is legible as ASCII cannot be UTF-16.
        bool canBe = declared.GetBytes("<?xml").AsSpan().SequenceEqual(DeclarationStart);
        return Decode(bytes, 0, canBe ? declared : utf8, out text);
    }

    private static string? DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var start = new StringBuilder(LongestDeclaration);
        foreach (byte b in bytes.Slice(0, Math.Min(bytes.Length, LongestDeclaration)))
        {
            _ = start.Append((char)b);
            if (b == '>')
            {
                break;
            }
        }

        string declaration = start.ToString();
        if (!declaration.StartsWith("<?xml", StringComparison.Ordinal) || declaration.Length == 5 || !Blank.Is(declaration[5]))
        {
            return null;
        }

        int name = declaration.IndexOf("encoding", StringComparison.Ordinal);
        int open = name < 0 ? -1 : declaration.IndexOfAny(['"', '\''], name);
        int close = open < 0 ? -1 : declaration.IndexOf(declaration[open], open + 1);
        return close < 0 ? null : declaration.Substring(open + 1, close - open - 1);
    }

    private static (string Problem, int Offset)? Decode(ReadOnlySpan<byte> document, int markLength, Encoding encoding, out string text)
    {
        ReadOnlySpan<byte> bytes = document.Slice(markLength);
        try
        {
            text = encoding.GetString(bytes);
            return null;
        }
        catch (Exception exception) when (Decoding.Failed(exception))
        {
            text = "";
            return ("The document contains bytes that are not valid in its character encoding", markLength + IndexOfUndecodable(bytes.ToArray(), encoding));
        }
    }

    /// <summary>
    /// Returns the index of the first bytes that do not decode. The exceptions contain it too, but those of .NET Framework count differently.
    /// </summary>
    private static int IndexOfUndecodable(byte[] bytes, Encoding encoding)
    {
        try
        {
            // XML does not allow this character, so the first one marks the first invalid byte.
            var lenient = (Encoding)encoding.Clone();
            lenient.DecoderFallback = new DecoderReplacementFallback("\uFFFF");
            char[] text = lenient.GetChars(bytes);

            // Some encodings write more bytes for a text than they have read.
            return Math.Min(lenient.GetByteCount(text, 0, Math.Max(Array.IndexOf(text, '\uFFFF'), 0)), bytes.Length);
        }
        catch (Exception exception) when (Decoding.Failed(exception))
        {
            return 0;
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
#if NET
            // Windows code pages, without registering them for the whole process.
            if (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) is { } codePage)
            {
                return codePage;
            }
#endif
            var encoding = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

            // UTF-7 hides markup from code that inspects the bytes. .NET refuses it too; .NET Framework does not.
            return encoding.CodePage == Utf7CodePage ? null : encoding;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
