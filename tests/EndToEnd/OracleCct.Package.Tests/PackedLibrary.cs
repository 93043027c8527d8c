using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>
/// All packages, packed once for all tests as for a release: with CI's settings, in a clone of a public repository. It is a copy of the sources, so that it
/// cannot meet the build that runs these tests,
/// and a clone only as far as Source Link looks, which needs no git.
/// </summary>
[CollectionDefinition(nameof(PackedLibrary))]
public sealed class PackedLibrary : IAsyncLifetime, ICollectionFixture<PackedLibrary>
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Repository = "example/OracleCct.Protocol";

    private static readonly string[] Projects = ["OracleCct.Protocol", "OracleCct.Protocol.Testing", "OracleCct.Protocol.AspNetCore", "OracleCct.Tool"];

    private readonly string _root = Directory.CreateTempSubdirectory("oraclecct-package-").FullName;

    /// <summary>One of its own, so that NuGet cannot take an older package from among those it has restored.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.0.1-test.{DateTime.UtcNow.Ticks}");

    /// <summary>The folder of the packages.</summary>
    public string Packages => Path.Combine(_root, "packages");

    /// <summary>A folder for programs, which find the packages there.</summary>
    public string Consumers => Path.Combine(_root, "consumers");

    /// <summary>What is in the .nupkg.</summary>
    public string Content => Path.Combine(_root, "content");

    /// <summary>What is in the .nupkg of the simulator.</summary>
    public string TestingContent => Path.Combine(_root, "testing");

    /// <summary>What is in the .nupkg for ASP.NET Core.</summary>
    public string WebContent => Path.Combine(_root, "web-content");

    /// <summary>What is in the .snupkg.</summary>
    public string Symbols => Path.Combine(_root, "symbols");

    /// <summary>What the <see cref="Consumer"/> wrote on net10.0.</summary>
    public Task<string> OutputOnNet10 { get; private set; } = Task.FromResult("");

    /// <summary>What the <see cref="Consumer"/> wrote on net10.0, trimmed.</summary>
    public Task<string> OutputOnNet10Trimmed { get; private set; } = Task.FromResult("");

    /// <summary>What the web application wrote on net10.0, trimmed.</summary>
    public Task<string> OutputOfWebTrimmed { get; private set; } = Task.FromResult("");

    /// <summary>What the <see cref="Consumer"/> wrote on net472.</summary>
    public Task<string> OutputOnNetFramework { get; private set; } = Task.FromResult("");

    public async Task InitializeAsync()
    {
        string sources = Path.Combine(_root, "sources");
        CopySources(sources);
        MakeClone(sources);
        File.WriteAllText(
            Path.Combine(sources, "Packages.slnx"),
            $"<Solution>{string.Concat(Projects.Select(project => $"""<Project Path="src/{project}/{project}.csproj" />"""))}</Solution>");
        await ChildProcess.DotnetAsync(
            sources, "pack", "Packages.slnx", "-c", "Release", $"-p:PackageOutputPath={Packages}", $"-p:Version={Version}",
            "-p:ContinuousIntegrationBuild=true");

        ZipFile.ExtractToDirectory(Path.Combine(Packages, $"OracleCct.Protocol.{Version}.nupkg"), Content);
        ZipFile.ExtractToDirectory(Path.Combine(Packages, $"OracleCct.Protocol.Testing.{Version}.nupkg"), TestingContent);
        ZipFile.ExtractToDirectory(Path.Combine(Packages, $"OracleCct.Protocol.{Version}.snupkg"), Symbols);
        ZipFile.ExtractToDirectory(Path.Combine(Packages, $"OracleCct.Protocol.AspNetCore.{Version}.nupkg"), WebContent);

        _ = Directory.CreateDirectory(Consumers);
        File.WriteAllText(
            Path.Combine(Consumers, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{Packages}" /></packageSources></configuration>""");
        OutputOnNet10 = Consumer.RunOnNet10Async(Path.Combine(Consumers, "net10"), Version);
        OutputOnNet10Trimmed = Consumer.RunOnNet10TrimmedAsync(Path.Combine(Consumers, "trimmed"), Version);
        OutputOfWebTrimmed = Consumer.RunWebTrimmedAsync(Path.Combine(Consumers, "web"), Version);
        if (Machine.HasNetFramework)
        {
            OutputOnNetFramework = Consumer.RunOnNetFrameworkAsync(Path.Combine(Consumers, "net472"), Version);
        }
    }

    public async Task DisposeAsync()
    {
        // Their failures are their tests' to report.
        Task consumers = Task.WhenAll(OutputOnNet10, OutputOnNet10Trimmed, OutputOfWebTrimmed, OutputOnNetFramework);
        await consumers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(_root, recursive: true);

        // Nobody will ask for this version again.
        foreach (string id in Projects)
        {
            string restored = Path.Combine(Machine.PackagesFolder, id.ToLowerInvariant(), Version);
            if (Directory.Exists(restored))
            {
                Directory.Delete(restored, recursive: true);
            }
        }
    }

    private static void CopySources(string target)
    {
        CopyFiles(new(Machine.RepositoryRoot), target);
        CopyTree(new(Path.Combine(Machine.RepositoryRoot, "src")), Path.Combine(target, "src"));
    }

    private static void CopyTree(DirectoryInfo folder, string target)
    {
        CopyFiles(folder, target);
        foreach (DirectoryInfo child in folder.EnumerateDirectories().Where(child => child.Name is not ("bin" or "obj")))
        {
            CopyTree(child, Path.Combine(target, child.Name));
        }
    }

    private static void CopyFiles(DirectoryInfo folder, string target)
    {
        _ = Directory.CreateDirectory(target);

        // In a work tree of git, .git is a file.
        foreach (FileInfo file in folder.EnumerateFiles().Where(file => file.Name != ".git"))
        {
            _ = file.CopyTo(Path.Combine(target, file.Name));
        }
    }

    private static void MakeClone(string folder)
    {
        string git = Path.Combine(folder, ".git");
        _ = Directory.CreateDirectory(Path.Combine(git, "objects"));
        _ = Directory.CreateDirectory(Path.Combine(git, "refs", "heads"));
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(git, "refs", "heads", "main"), Commit + "\n");
        File.WriteAllText(Path.Combine(git, "config"), $"[remote \"origin\"]\n\turl = https://github.com/{Repository}.git\n");
    }
}
