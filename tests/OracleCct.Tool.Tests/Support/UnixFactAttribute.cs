using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Tool.Tests.Support;

/// <summary>Marks a test that needs Unix signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute([CallerMemberName] string test = "")
    {
        if (OperatingSystem.IsWindows())
        {
            // The runner prints the name of a skipped test, but not the reason.
            Skip = "Windows has no signals.";
            DisplayName = $"{test}: {Skip}";
        }
    }
}
