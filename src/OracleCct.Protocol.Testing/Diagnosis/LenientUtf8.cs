using System;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>Decodes bytes that are not valid UTF-8, so that the place can be shown: invalid bytes are read as windows-1252.</summary>
internal static class LenientUtf8
{
    private const int FirstQuote = 0x91;

    private static readonly Encoding Encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new Windows1252Fallback());

    /// <summary>Gets the quotation marks of windows-1252, in the order of their bytes.</summary>
    public static char[] Quotes { get; } = ['\u2018', '\u2019', '\u201C', '\u201D'];

    /// <summary>Decodes bytes and removes NULs, so that columns are also right for UTF-16.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => string.Concat(Encoding.GetString(bytes.ToArray()).Split('\0'));

    private sealed class Windows1252Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();
    }

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return true;
        }

        public override char GetNextChar()
        {
            if (_next >= _bytes.Length)
            {
                return '\0';
            }

            int other = _bytes[_next++];
            return other is >= FirstQuote and < FirstQuote + 4 ? Quotes[other - FirstQuote] : (char)other;
        }

        public override bool MovePrevious() => _next > 0 && _next-- > 0;

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
