using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Specifies the platform that a sample runs on.</summary>
public enum Framework
{
    Net,

    /// <summary>.NET Framework on Windows, Mono elsewhere.</summary>
    NetFramework,
}

/// <summary>Starts the samples that were built with the tests.</summary>
internal static class SamplePrograms
{
    private static readonly Dictionary<string, string?> Metadata = typeof(SamplePrograms).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(metadata => metadata.Key, metadata => metadata.Value);

    public static bool HasNetFramework { get; } = Metadata["HasNetFramework"] == "true";

    public static ChildProcess Start(string sample, Framework framework, params string[] arguments)
    {
        if (framework == Framework.Net)
        {
            return ChildProcess.Start("dotnet", [PathOf(sample), .. arguments]);
        }

        string program = PathOf(sample + ".NetFramework");
        return OperatingSystem.IsWindows() ? ChildProcess.Start(program, arguments) : ChildProcess.Start("mono", [program, .. arguments]);
    }

    /// <param name="name">A sample, or another path that the project file adds to the assembly's metadata.</param>
    public static string PathOf(string name) => Metadata[name] ?? throw new InvalidOperationException($"The assembly's metadata contains no path of {name}.");
}
