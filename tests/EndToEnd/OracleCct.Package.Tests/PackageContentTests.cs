using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace OracleCct.Package.Tests;

[Collection(nameof(PackedLibrary))]
public class PackageContentTests(PackedLibrary package)
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Targets => ["netstandard2.0", "net10.0"];

    [Fact]
    public void The_package_holds_these_files_and_no_others() =>
        Assert.Equal(
            [
                "LICENSE",
                "OracleCct.Protocol.nuspec",
                "README.md",
                "icon.png",
                "lib/net10.0/OracleCct.Protocol.dll",
                "lib/net10.0/OracleCct.Protocol.xml",
                "lib/netstandard2.0/OracleCct.Protocol.dll",
                "lib/netstandard2.0/OracleCct.Protocol.xml",
            ],
            FilesOf(package.Content));

    [Fact]
    public void The_simulators_package_holds_the_same_and_depends_on_the_library_alone()
    {
        Assert.Equal(
            [
                "LICENSE",
                "OracleCct.Protocol.Testing.nuspec",
                "README.md",
                "icon.png",
                "lib/net10.0/OracleCct.Protocol.Testing.dll",
                "lib/net10.0/OracleCct.Protocol.Testing.xml",
                "lib/netstandard2.0/OracleCct.Protocol.Testing.dll",
                "lib/netstandard2.0/OracleCct.Protocol.Testing.xml",
            ],
            FilesOf(package.TestingContent));
        XElement metadata = XDocument.Load(Path.Combine(package.TestingContent, "OracleCct.Protocol.Testing.nuspec")).Root!.Elements().Single();
        Assert.Equal(
            ["OracleCct.Protocol"],
            Child(metadata, "dependencies").Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().Distinct());
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(Machine.RepositoryRoot, "src/OracleCct.Protocol.Testing/README.md")),
            File.ReadAllBytes(Path.Combine(package.TestingContent, "README.md")));
    }

    [Fact]
    public void The_symbol_package_holds_the_symbols_of_both_targets() =>
        Assert.Equal(
            ["OracleCct.Protocol.nuspec", "lib/net10.0/OracleCct.Protocol.pdb", "lib/netstandard2.0/OracleCct.Protocol.pdb"],
            FilesOf(package.Symbols));

    [Fact]
    public void The_package_for_AspNetCore_holds_one_library_and_depends_on_this_version_alone()
    {
        XElement metadata = XDocument.Load(Path.Combine(package.WebContent, "OracleCct.Protocol.AspNetCore.nuspec")).Root!.Elements().Single();

        Assert.Equal(
            [
                "LICENSE",
                "OracleCct.Protocol.AspNetCore.nuspec",
                "README.md",
                "icon.png",
                "lib/net10.0/OracleCct.Protocol.AspNetCore.dll",
                "lib/net10.0/OracleCct.Protocol.AspNetCore.xml",
            ],
            FilesOf(package.WebContent));
        XElement dependency = Child(metadata, "dependencies").Elements().Single().Elements().Single();
        Assert.Equal(("OracleCct.Protocol", Value(metadata, "version")), ((string?)dependency.Attribute("id"), (string?)dependency.Attribute("version")));
        Assert.Equal("Microsoft.AspNetCore.App", (string?)Child(metadata, "frameworkReferences").Elements().Single().Elements().Single().Attribute("name"));
        Assert.Equal(
            8, AssemblyName.GetAssemblyName(
                Path.Combine(package.WebContent, "lib", "net10.0", "OracleCct.Protocol.AspNetCore.dll")).GetPublicKeyToken()?.Length);
    }

    [Theory]
    [InlineData("README.md", "README.md")]
    [InlineData("LICENSE", "LICENSE")]
    [InlineData("icon.png", "src/OracleCct.Protocol/icon.png")]
    public void A_file_is_that_of_the_repository(string packed, string source) =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Machine.RepositoryRoot, source)), File.ReadAllBytes(Path.Combine(package.Content, packed)));

    [Fact]
    public void The_package_describes_itself()
    {
        XElement metadata = Metadata();

        Assert.Equal("OracleCct.Protocol", Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("expression", (string?)Child(metadata, "license").Attribute("type"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEqual("", Value(metadata, "description"));
        Assert.NotEqual("", Value(metadata, "tags"));
    }

    [Fact]
    public void The_package_names_the_commit_that_it_was_made_from()
    {
        XElement repository = Child(Metadata(), "repository");

        Assert.Equal($"https://github.com/{PackedLibrary.Repository}.git", (string?)repository.Attribute("url"));
        Assert.Equal(PackedLibrary.Commit, (string?)repository.Attribute("commit"));
    }

    [Fact]
    public void The_package_depends_on_no_more_than_it_says()
    {
        string[] dependencies = Child(Metadata(), "dependencies").Elements()
            .SelectMany(group => group.Elements().Select(dependency => $"{(string?)group.Attribute("targetFramework")}: {(string?)dependency.Attribute("id")}"))
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.Equal(
            [
                ".NETStandard2.0: Microsoft.Bcl.AsyncInterfaces",
                ".NETStandard2.0: Microsoft.Bcl.TimeProvider",
                ".NETStandard2.0: Microsoft.Extensions.DependencyInjection.Abstractions",
                ".NETStandard2.0: System.Memory",
                ".NETStandard2.0: System.Threading.Tasks.Extensions",
                "net10.0: Microsoft.Extensions.DependencyInjection.Abstractions",
            ],
            dependencies);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_library_has_a_strong_name(string target)
    {
        AssemblyName name = AssemblyName.GetAssemblyName(Path.Combine(package.Content, "lib", target, "OracleCct.Protocol.dll"));

        Assert.Equal(8, name.GetPublicKeyToken()?.Length);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_documentation_describes_the_types(string target)
    {
        var documentation = XDocument.Load(Path.Combine(package.Content, "lib", target, "OracleCct.Protocol.xml"));

        Assert.Contains(documentation.Descendants("member"), member => (string?)member.Attribute("name") == "T:OracleCct.Protocol.ScreenPopEvent");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_debugger_finds_the_sources(string target)
    {
        using FileStream file = File.OpenRead(Path.Combine(package.Symbols, "lib", target, "OracleCct.Protocol.pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
        MetadataReader symbols = provider.GetMetadataReader();

        CustomDebugInformation sourceLink = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
            .Single(information => symbols.GetGuid(information.Kind) == SourceLinkKind);
        JsonProperty mapping = JsonDocument.Parse(Encoding.UTF8.GetString(symbols.GetBlobBytes(sourceLink.Value)))
            .RootElement.GetProperty("documents").EnumerateObject().Single();

        // Not the folder of the machine that packed it.
        Assert.Equal("/_/*", mapping.Name);
        Assert.Equal($"https://raw.githubusercontent.com/{PackedLibrary.Repository}/{PackedLibrary.Commit}/*", mapping.Value.GetString());
        Assert.All(
            symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name)), name =>
                Assert.StartsWith("/_/", name, StringComparison.Ordinal));
    }

    private XElement Metadata() => XDocument.Load(Path.Combine(package.Content, "OracleCct.Protocol.nuspec")).Root!.Elements().Single();

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(child => child.Name.LocalName == name);

    private static string Value(XElement parent, string name) => Child(parent, name).Value;

    /// <summary>The files, without those of the container's format.</summary>
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => file != "[Content_Types].xml" && !file.StartsWith("_rels/", StringComparison.Ordinal)
                && !file.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
