using System;
using System.Text;

namespace OracleCct.Tool;

/// <summary>Text whose first bytes may say its encoding: by a mark, as Windows PowerShell writes it, or by how a document begins.</summary>
internal static class MarkedText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // Each begins with what a later one may begin with: UTF-32's mark with UTF-16's, and "<" in both with that of UTF-8.
    private static readonly Encoding[] Encodings =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        Utf8,
    ];

    /// <summary>The text without its mark; where nothing else shows, it is UTF-8.</summary>
    /// <returns>Null: the bytes do not decode.</returns>
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
