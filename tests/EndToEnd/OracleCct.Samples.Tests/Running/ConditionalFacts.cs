using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Marks a test that is skipped for a reason. <see langword="null"/> runs the test.</summary>
/// <remarks>The runner prints the name of a skipped test, but not the reason. The display name therefore contains the reason.</remarks>
internal abstract class ConditionalFactAttribute : FactAttribute
{
    protected ConditionalFactAttribute(string? reason, string test)
    {
        Skip = reason;
        DisplayName = reason is null ? null : $"{test}: {reason}";
    }
}

/// <summary>Marks a theory that is skipped for a reason. <see langword="null"/> runs the theory.</summary>
/// <remarks>The runner prints the name of a skipped test, but not the reason. The display name therefore contains the reason.</remarks>
internal abstract class ConditionalTheoryAttribute : TheoryAttribute
{
    protected ConditionalTheoryAttribute(string? reason, string test)
    {
        Skip = reason;
        DisplayName = reason is null ? null : $"{test}: {reason}";
    }
}

/// <summary>Marks a test that requires Unix signals.</summary>
internal sealed class UnixTheoryAttribute([CallerMemberName] string test = "")
    : ConditionalTheoryAttribute(OperatingSystem.IsWindows() ? "Windows does not support Unix signals." : null, test);

/// <summary>Marks a test that requires a JDK, with its compiler, because the client runs from its source.</summary>
internal sealed class JavaTheoryAttribute([CallerMemberName] string test = "")
    : ConditionalTheoryAttribute(Tool.Runs("javac") ? null : "No JDK is installed.", test);

/// <summary>Marks a test that requires Python.</summary>
internal sealed class PythonTheoryAttribute([CallerMemberName] string test = "")
    : ConditionalTheoryAttribute(Tool.Runs("python3") ? null : "Python 3 is not installed.", test);

/// <summary>Marks a test that requires Debian's Chromium.</summary>
internal sealed class ChromiumFactAttribute([CallerMemberName] string test = "")
    : ConditionalFactAttribute(Tool.Runs("chromium") ? null : "Chromium is not installed.", test);

/// <summary>Marks a test that requires a SIP phone and a caller.</summary>
internal sealed class SipFactAttribute([CallerMemberName] string test = "") : ConditionalFactAttribute(SipPrograms.Missing, test);

/// <summary>Marks a test that requires a SIP phone and a caller.</summary>
internal sealed class SipTheoryAttribute([CallerMemberName] string test = "") : ConditionalTheoryAttribute(SipPrograms.Missing, test);

internal static class SipPrograms
{
    public static string? Missing { get; } =
        !Tool.Starts("baresip") ? "baresip is not installed."
        : !Tool.Starts("sipp") ? "sipp is not installed."
        : null;
}

internal static class Tool
{
    /// <summary>Indicates whether a program is installed that exits with code 0 for <c>--version</c>.</summary>
    public static bool Runs(string program) => ExitCode(program, "--version") == 0;

    /// <summary>Indicates whether a program is installed that exits with any code for <c>-h</c>.</summary>
    public static bool Starts(string program) => ExitCode(program, "-h") is not null;

    private static int? ExitCode(string program, string option)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, option) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                return process.ExitCode;
            }

            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
