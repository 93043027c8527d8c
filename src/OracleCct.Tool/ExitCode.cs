namespace OracleCct.Tool;

internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>What was sent or looked at is not well.</summary>
    public const int NotFine = 1;

    /// <summary>The command could not do its work.</summary>
    public const int CannotRun = 2;
}
