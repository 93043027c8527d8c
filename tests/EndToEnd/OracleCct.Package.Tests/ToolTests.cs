using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>The packed tool, installed from a folder into another that has nothing but it.</summary>
[Collection(nameof(PackedLibrary))]
public sealed class ToolTests(PackedLibrary package) : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("oraclecct-tool-").FullName;

    private string Program => Path.Combine(_root, "user", "tools", OperatingSystem.IsWindows() ? "cct.exe" : "cct");

    public async Task InitializeAsync()
    {
        string user = Directory.CreateDirectory(Path.Combine(_root, "user")).FullName;
        File.WriteAllText(
            Path.Combine(user, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="packed" value="{package.Packages}" /></packageSources></configuration>""");
        await ChildProcess.DotnetAsync(user, "tool", "install", "OracleCct.Tool", "--version", package.Version, "--tool-path", "tools");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_installed_tool_helps_and_lints()
    {
        string user = Path.Combine(_root, "user");
        File.WriteAllText(Path.Combine(user, "pop.xml"), """<CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="42"/></event></CCTSDK>""");
        File.WriteAllText(Path.Combine(user, "bad.xml"), """<CCTSDK><event name="ScreenPop"><data name="occtSourceID" value=""/></event></CCTSDK>""");

        string help = await ChildProcess.RunAsync(user, Program, "--help");
        string version = await ChildProcess.RunAsync(user, Program, "--version");
        string lint = await ChildProcess.RunAsync(user, Program, "lint", "pop.xml");
        InvalidOperationException findings = await Assert.ThrowsAsync<InvalidOperationException>(() => ChildProcess.RunAsync(user, Program, "lint", "bad.xml"));

        Assert.Contains("cct simulate", help, StringComparison.Ordinal);
        Assert.Contains("cct [command] [options]", help, StringComparison.Ordinal);
        Assert.StartsWith(package.Version, version, StringComparison.Ordinal);
        Assert.Equal("pop.xml: ScreenPop, no findings", lint.TrimEnd());
        Assert.Contains("exited with 1", findings.Message, StringComparison.Ordinal);
        Assert.Contains("bad.xml:1:33: CCT110 error: ", findings.Message, StringComparison.Ordinal);
    }
}
