using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>What others have sent, in print: it must neither begin a line that looks like one of ours, nor steer a terminal.</summary>
internal static class OneLine
{
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
}
