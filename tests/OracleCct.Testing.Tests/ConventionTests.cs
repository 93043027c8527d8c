using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Conventions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

public class ConventionTests
{
    private static readonly Assembly Library = typeof(UwqSimulator).Assembly;

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string approved = File.ReadAllText(Repository.PathOf("tests/OracleCct.Testing.Tests/PublicSurface.approved.txt"));
        string received = PublicSurface.Describe(Library);
        if (approved != received)
        {
            File.WriteAllText(Repository.PathOf("tests/OracleCct.Testing.Tests/PublicSurface.received.txt"), received);
        }
        Assert.Equal(approved, received);
    }

    [Fact]
    public void There_is_one_namespace_and_every_class_is_sealed() => Assert.All(Library.GetExportedTypes(), type =>
    {
        Assert.Equal("OracleCct.Protocol.Testing", type.Namespace);
        Assert.True(type.IsSealed, type.Name);
    });

    [Fact]
    public void It_depends_on_the_library_and_the_platform_alone()
    {
        Assert.NotEmpty(Library.GetName().GetPublicKeyToken()!);
        Assert.All(
            Library.GetReferencedAssemblies().Select(reference => reference.Name!),
            name => Assert.True(name is "OracleCct.Protocol" or "netstandard" or "Microsoft.Bcl.AsyncInterfaces" or "Microsoft.Bcl.TimeProvider"
                || name.StartsWith("System.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void The_page_lists_every_check_with_its_severity()
    {
        string[] rows = [.. Regex.Matches(Page(), @"^\| `(UWQ\d+)` \| (\w+) \| ([^|]+) \|", RegexOptions.Multiline).Cast<Match>()
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}")];

        Assert.Equal(UwqRules.All.Select(rule => $"{rule.Code} {(rule.Severity == UwqProblemSeverity.Error ? "error" : "warning")} {rule.Summary}"), rows);
    }

    [Fact]
    public void The_page_lists_every_fault() => Assert.Equal(
        typeof(UwqFault).GetEnumNames(),
        Regex.Matches(Section("Simulate faults"), @"^\| `([A-Z]\w+)` \| ", RegexOptions.Multiline).Cast<Match>().Select(match => match.Groups[1].Value));

    [Fact]
    public void The_pages_test_is_the_one_that_is_run_here()
    {
        string[] blocks = [.. Regex.Matches(Page(), "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Cast<Match>().Select(
            match => WithoutIndentation(match.Groups[1].Value))];
        string source = Source("Vendor/MySoftphoneTests.cs") + Source("Diagnosis/CctDoctorTests.cs");

        Assert.Equal(3, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(block, source));
    }

    private static string Source(string file) => WithoutIndentation(File.ReadAllText(Repository.PathOf("tests/OracleCct.Testing.Tests/" + file)));

    private static string Section(string heading) =>
        Page().Split([$"\n## {heading}\n"], StringSplitOptions.None)[1].Split(["\n## "], StringSplitOptions.None)[0];

    private static string Page() => File.ReadAllText(Repository.PathOf("docs/testing.md")).Replace("\r", "");

    private static string WithoutIndentation(string code) => string.Join("\n", code.Replace("\r", "").Split('\n').Select(line => line.Trim())).Trim();
}
