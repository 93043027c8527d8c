using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Marks a test that requires Unix signals.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = OperatingSystem.IsWindows() ? "Windows does not support Unix signals." : null;
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>Marks a test that requires a JDK.</summary>
internal sealed class JavaTheoryAttribute : TheoryAttribute
{
    // The compiler is required because the client runs from its source.
    public JavaTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("javac") ? null : "No JDK is installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>Marks a test that requires Python.</summary>
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("python3") ? null : "Python 3 is not installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>Marks a test that requires Debian's Chromium.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("chromium") ? null : "Chromium is not installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>Marks a test that requires a SIP phone and a caller.</summary>
internal sealed class SipFactAttribute : FactAttribute
{
    public SipFactAttribute([CallerMemberName] string test = "")
    {
        Skip = SipPrograms.Missing;
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>Marks a test that requires a SIP phone and a caller.</summary>
internal sealed class SipTheoryAttribute : TheoryAttribute
{
    public SipTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = SipPrograms.Missing;
        DisplayName = Skipping.Name(test, Skip);
    }
}

internal static class SipPrograms
{
    public static string? Missing { get; } =
        !Tool.Starts("baresip") ? "baresip is not installed."
        : !Tool.Starts("sipp") ? "sipp is not installed."
        : null;
}

internal static class Skipping
{
    /// <summary>Returns the display name of a skipped test, with the reason: the runner prints the name of a skipped test, but not the reason.</summary>
    public static string? Name(string test, string? reason) => reason is null ? null : $"{test}: {reason}";
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
