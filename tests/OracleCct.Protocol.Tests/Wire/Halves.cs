namespace OracleCct.Protocol.Tests.Wire;

internal static class Halves
{
    /// <summary>Returns the text with the first half of a surrogate pair for each H, and the second for each L. Attributes cannot contain halves.</summary>
    public static string In(string text) => text.Replace('H', '\uD83D').Replace('L', '\uDE00');
}
