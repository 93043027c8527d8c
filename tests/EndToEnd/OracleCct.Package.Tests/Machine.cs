using System.Linq;
using System.Reflection;

namespace OracleCct.Package.Tests;

/// <summary>What the build knows of this machine (see the project file).</summary>
internal static class Machine
{
    public static string RepositoryRoot { get; } = Metadata(nameof(RepositoryRoot));

    /// <summary>Where NuGet keeps what it has restored.</summary>
    public static string PackagesFolder { get; } = Metadata(nameof(PackagesFolder));

    /// <summary>.NET Framework on Windows, Mono elsewhere.</summary>
    public static bool HasNetFramework { get; } = Metadata(nameof(HasNetFramework)) == "true";

    private static string Metadata(string key) =>
        typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value ?? "";
}
