namespace OracleCct.Protocol.Tests.Wire;

internal static class Halves
{
    /// <summary>The text with the first half of a surrogate pair for each H, and the second for each L. Attributes cannot hold halves.</summary>
    public static string In(string text) => text.Replace('H', '\uD83D').Replace('L', '\uDE00');
}
