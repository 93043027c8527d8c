using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Tool.Tests.Support;

/// <summary>A test that needs the signals of Unix.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute([CallerMemberName] string test = "")
    {
        if (OperatingSystem.IsWindows())
        {
            // The runner prints the name of what it skips, but not the reason.
            Skip = "Windows has no signals.";
            DisplayName = $"{test}: {Skip}";
        }
    }
}
