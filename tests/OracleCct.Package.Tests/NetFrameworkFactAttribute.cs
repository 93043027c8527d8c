using System;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>A test that runs a program on .NET Framework.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetFrameworkFactAttribute : FactAttribute
{
    public NetFrameworkFactAttribute()
    {
        if (!Machine.HasNetFramework)
        {
            Skip = "Needs .NET Framework (Windows) or Mono.";
        }
    }
}
