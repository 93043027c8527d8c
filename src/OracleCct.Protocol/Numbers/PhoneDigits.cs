namespace OracleCct.Protocol;

/// <summary>The digits of telephone numbers: 0 to 9 of ASCII, and no others of Unicode.</summary>
internal static class PhoneDigits
{
    /// <summary>Indicates whether a text consists of digits alone. An empty text does.</summary>
    public static bool AreAll(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
