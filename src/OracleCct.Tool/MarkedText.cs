using System;
using System.Text;

namespace OracleCct.Tool;

/// <summary>Decodes text by its first bytes: by a byte order mark, as Windows PowerShell writes it, or by the start of an XML document.</summary>
internal static class MarkedText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // The order matters: UTF-32's mark begins with UTF-16's, and "<" in UTF-32 and UTF-16 begins with "<" in UTF-8.
    private static readonly Encoding[] Encodings =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        Utf8,
    ];

    /// <summary>Decodes the text and removes its mark. Text without a mark that does not begin as a document is UTF-8.</summary>
    /// <returns>The text, or null if the bytes are not valid in the encoding.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        Encoding encoding = Utf8;
        int mark = 0;
        foreach (Encoding one in Encodings)
        {
            bool isMarked = bytes.StartsWith(one.Preamble);
            if (isMarked || bytes.StartsWith(one.GetBytes("<")))
            {
                encoding = one;
                mark = isMarked ? one.Preamble.Length : 0;
                break;
            }
        }

        try
        {
            return encoding.GetString(bytes[mark..]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
