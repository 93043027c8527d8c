using System;
using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>A test that needs the signals of Unix.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals." : null;
}

/// <summary>A test that needs a JDK.</summary>
internal sealed class JavaTheoryAttribute : TheoryAttribute
{
    // The compiler, since the client runs from its source.
    public JavaTheoryAttribute() => Skip = Tool.Runs("javac") ? null : "No JDK is installed.";
}

/// <summary>A test that needs Python.</summary>
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = Tool.Runs("python3") ? null : "Python 3 is not installed.";
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
