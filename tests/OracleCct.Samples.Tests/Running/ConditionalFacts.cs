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

internal static class Skipping
{
    /// <summary>The name of a test that may be skipped: the runner prints the name of what it skips, but not the reason.</summary>
    public static string? Name(string test, string? reason) => reason is null ? null : $"{test}: {reason}";
}

internal static class Tool
{
    public static bool Runs(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
