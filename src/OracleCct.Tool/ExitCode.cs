namespace OracleCct.Tool;

/// <summary>Defines the exit codes.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded.</summary>
    public const int Fine = 0;

    /// <summary>A message failed, or a check found a problem.</summary>
    public const int NotFine = 1;

    /// <summary>The command could not run.</summary>
    public const int CannotRun = 2;
}
