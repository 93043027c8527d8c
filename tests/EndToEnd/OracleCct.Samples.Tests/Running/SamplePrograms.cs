using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace OracleCct.Samples.Tests.Running;

/// <summary>What a sample runs on.</summary>
public enum Framework
{
    Net,

    /// <summary>On Windows the real one, elsewhere Mono.</summary>
    NetFramework,
}

/// <summary>The samples as they were built with the tests.</summary>
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

    /// <param name="name">A sample, or another thing that the project file has noted.</param>
    public static string PathOf(string name) => Metadata[name] ?? throw new InvalidOperationException($"{name} has no path.");
}
