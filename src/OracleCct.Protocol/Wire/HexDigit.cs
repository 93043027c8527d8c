namespace OracleCct.Protocol;

/// <summary>One digit of a hexadecimal number, in either case.</summary>
internal static class HexDigit
{
    /// <summary>0 to 15; -1 for any other character.</summary>
    public static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
