namespace OracleCct.Protocol;

/// <summary>Reads hexadecimal digits, in either case.</summary>
internal static class HexDigit
{
    /// <summary>Returns 0 to 15, or -1 for any other character.</summary>
    public static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
