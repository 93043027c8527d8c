using System;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>
/// Shows those parts of a callout that are known to be harmless. It does not depend on the shape of a message, so it also hides the secrets of a malformed
/// text.
/// </summary>
internal static class CalloutRedaction
{
    private const string Hidden = "***";
    private const char Cut = '…';
    private const int MostParameters = 40;
    private const int LongestValue = 64;
    private const int LongestHost = 255;

    // Each character may be escaped.
    private const int LongestRawName = 3 * 20;
    private const int LongestRawValue = 3 * LongestValue;

    private static readonly (string Name, Func<char, bool> IsHarmless)[] Known =
    [
        (CalloutShapes.FunctionNameField, IsOfName),
        ("telesetNumber", IsOfName),
        ("agentID", IsOfName),
        ("agentQueue", IsOfName),
        ("dialString", c => IsOfName(c) || c is '+' or '*' or '#' or '(' or ')'),
        ("ipAddress", c => IsOfName(c) || c is ':' or '[' or ']'),
        ("port", char.IsAsciiDigit),
        ("agentPassword", _ => false),
    ];

    public static string Redact(string text)
    {
        string trimmed = text.AsSpan().Trim(Blank.All).ToString();
        var shown = new StringBuilder();
        string[] all = trimmed.Substring(AppendPlace(shown, trimmed)).Split(['&'], StringSplitOptions.RemoveEmptyEntries);
        Parameter[] parameters = [.. all.Take(MostParameters).Select(Parameter.Read)];
        for (int i = 0; i < parameters.Length; i++)
        {
            Parameter parameter = parameters[i];
            _ = shown.Append(i == 0 ? "" : "&").Append(parameter.IsKnown ? Known[parameter.Index].Name : Hidden);
            if (parameter.RawValue is not null)
            {
                // The second of two with one name may be part of a password.
                bool isAlone = parameters.Count(other => other.Index == parameter.Index) == 1;
                _ = shown.Append('=').Append(parameter.IsKnown && isAlone ? Value(parameter) : Hidden);
            }
        }

        return all.Length > MostParameters ? shown.Append('&').Append(Cut).ToString() : shown.ToString();
    }

    /// <summary>Shows what precedes the query.</summary>
    /// <returns>The offset of the query.</returns>
    private static int AppendPlace(StringBuilder shown, string text)
    {
        int scheme = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : 0;
        if (scheme == 0 && (text.Length == 0 || text[0] is not ('/' or '?')))
        {
            return 0;
        }

        int mark = text.AsSpan().IndexOf('?');
        int end = mark < 0 ? text.Length : mark;
        int path = scheme == 0 ? 0 : text.IndexOfAny(['/', '#', '\\', '?'], scheme);
        path = path < 0 ? end : path;
        if (scheme > 0)
        {
            string authority = text.Substring(scheme, path - scheme);

            // A later @ ends a user name and password in which a slash or a question mark is not escaped.
            bool isWhole = text.AsSpan(path).IndexOf('@') < 0;
            _ = shown.Append(text.Substring(0, scheme).ToLowerInvariant()).Append(isWhole ? Authority(authority) : Hidden);
        }

        _ = shown.Append(path == end ? "" : end - path == 1 && text[path] == '/' ? "/" : "/" + Hidden).Append(mark < 0 ? "" : "?");
        return mark < 0 ? text.Length : mark + 1;
    }

    private static string Authority(string text)
    {
        int at = text.LastIndexOf('@');
        string host = text.Substring(at + 1);
        int colon = host.LastIndexOf(':');
        bool hasPort = colon > host.LastIndexOf(']');
        string name = hasPort ? host.Substring(0, colon) : host;
        bool isHost = host.Length <= LongestHost
            && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
            && IsHarmless(name, c => IsOfName(c) || c is ':' or '[' or ']')
            && (!hasPort || (host.Length - colon <= 6 && IsHarmless(host.Substring(colon + 1), char.IsAsciiDigit)));
        return (at < 0 ? "" : Hidden + "@") + (isHost ? host : Hidden);
    }

    private static string Value(Parameter parameter)
    {
        if (parameter.RawValue!.Length > LongestRawValue)
        {
            return Hidden;
        }

        (string name, Func<char, bool> isHarmless) = Known[parameter.Index];
        string value = Decode(parameter.RawValue);
        if (name != CalloutShapes.FunctionNameField)
        {
            return value.Length <= LongestValue && IsHarmless(value, isHarmless) ? AsSent(parameter.RawValue) : Hidden;
        }

        if (CalloutShapes.Find(value.AsSpan()) is { } function)
        {
            return function.Name;
        }

        string asName = new([.. value.Take(LongestValue).TakeWhile(IsOfName)]);
        return asName.Length == value.Length && IsHarmless(asName, IsOfName) ? asName
            : asName.Length > 0 && IsHarmless(asName, IsOfName) ? asName + Cut
            : Hidden;
    }

    private static bool IsHarmless(string text, Func<char, bool> isHarmless) =>
        text.All(isHarmless) && text.IndexOf("password", StringComparison.OrdinalIgnoreCase) < 0;

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '@';

    /// <summary>Returns the value with its escapes, which distinguish a plus sign from a space, and without line breaks.</summary>
    private static string AsSent(string raw) => string.Concat(raw.Where(c => !QueryPieces.IsWrapping(c)));

    /// <summary>Decodes escapes of ASCII characters. Others are never shown.</summary>
    private static string Decode(string raw)
    {
        var decoded = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && HexDigit.ValueOf(raw[i + 1]) is >= 0 and var high && HexDigit.ValueOf(raw[i + 2]) is >= 0 and var low)
            {
                _ = decoded.Append((char)((high << 4) | low));
                i += 2;
            }
            else if (!QueryPieces.IsWrapping(raw[i]))
            {
                _ = decoded.Append(raw[i]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>Represents the text between two ampersands.</summary>
    private readonly struct Parameter(int index, string? rawValue)
    {
        /// <summary>Gets the index among the known names, or -1.</summary>
        public int Index => index;

        public bool IsKnown => index >= 0;

        /// <summary>Gets the value, or <see langword="null"/> without an equals sign.</summary>
        public string? RawValue => rawValue;

        public static Parameter Read(string text)
        {
            int equals = text.AsSpan().IndexOf('=');
            string rawName = equals < 0 ? text : text.Substring(0, equals);
            string name = rawName.Length <= LongestRawName ? Decode(rawName) : "";
            int index = Array.FindIndex(Known, known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
            return new(index, equals < 0 ? null : text.Substring(equals + 1));
        }
    }
}
