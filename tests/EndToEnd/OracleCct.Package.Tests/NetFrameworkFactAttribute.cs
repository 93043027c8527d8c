using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>A test that runs a program on .NET Framework.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetFrameworkFactAttribute : FactAttribute
{
    public NetFrameworkFactAttribute([CallerMemberName] string test = "")
    {
        if (!Machine.HasNetFramework)
        {
            // The runner prints the name of what it skips, but not the reason.
            Skip = "needs .NET Framework (Windows) or Mono";
            DisplayName = $"{test}: {Skip}";
        }
    }
}
