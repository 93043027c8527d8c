using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>A test that needs the signals of Unix.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = OperatingSystem.IsWindows() ? "Windows has no signals." : null;
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>A test that needs a JDK.</summary>
internal sealed class JavaTheoryAttribute : TheoryAttribute
{
    // The compiler, since the client runs from its source.
    public JavaTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("javac") ? null : "No JDK is installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>A test that needs Python.</summary>
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("python3") ? null : "Python 3 is not installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>A test that needs Debian's Chromium.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Tool.Runs("chromium") ? null : "Chromium is not installed.";
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>A test that needs a SIP phone and a caller.</summary>
internal sealed class SipFactAttribute : FactAttribute
{
    public SipFactAttribute([CallerMemberName] string test = "")
    {
        Skip = SipPrograms.Missing;
        DisplayName = Skipping.Name(test, Skip);
    }
}

/// <summary>A test that needs a SIP phone and a caller.</summary>
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
    /// <summary>The name of a test that may be skipped: the runner prints the name of what it skips, but not the reason.</summary>
    public static string? Name(string test, string? reason) => reason is null ? null : $"{test}: {reason}";
}

internal static class Tool
{
    /// <summary>Whether a program that can tell its version is installed.</summary>
    public static bool Runs(string program) => ExitCode(program, "--version") == 0;

    /// <summary>Whether a program is installed that calls a request for help an error.</summary>
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
