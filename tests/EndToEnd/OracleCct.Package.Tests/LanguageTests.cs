using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>One softphone in each language (Languages), compiled against the packages, against EBS's simulator: it logs an agent in, dials and pops.</summary>
[Collection(nameof(PackedLibrary))]
public class LanguageTests(PackedLibrary package)
{
    private const string Transcript =
        """
        register: 200 Success
        login: 200 Success
        login: 200 Error: Wrong password.
        dialled: 4155550100
        dial: 200 Success
        popped: Delivered (HTTP 200)
        established: Delivered (HTTP 200)
        released: Delivered (HTTP 200)
        seen: 14155550100, account 12345
        """;

    [NetFrameworkFact]
    public Task CSharp_7_3_on_NET_Framework() => AssertRuns("CSharp7", "net472", "<LangVersion>7.3</LangVersion>");

    [NetFrameworkFact]
    public Task CSharp_9_on_NET_Framework() => AssertRuns("CSharp9", "net472", "<LangVersion>9</LangVersion>");

    [NetFrameworkFact]
    public async Task Visual_Basic_on_NET_Framework()
    {
        string directory = NewFolder("VisualBasic-net472");
        await Consumer.BuildLanguageAsync(directory, package.Version, "VisualBasic", "net472", "<OptionStrict>On</OptionStrict>");
        if (!OperatingSystem.IsWindows())
        {
            // Debian's Mono has no Microsoft.VisualBasic.dll.
            await Consumer.EmbedVisualBasicAsync(directory);
        }

        AssertTranscript(await Consumer.RunNetFrameworkAsync(directory));
    }

    [Fact]
    public Task Visual_Basic_on_net10() => AssertRuns("VisualBasic", "net10.0", "<OptionStrict>On</OptionStrict>");

    [Fact]
    public Task FSharp_on_net10() => AssertRuns("FSharp", "net10.0", "<WarningLevel>4</WarningLevel>");

    private async Task AssertRuns(string language, string framework, string property)
    {
        string directory = NewFolder($"{language}-{framework}");
        await Consumer.BuildLanguageAsync(directory, package.Version, language, framework, property);
        string output = framework == "net472" ? await Consumer.RunNetFrameworkAsync(directory) : await ChildProcess.DotnetAsync(directory, "out/Consumer.dll");

        AssertTranscript(output);
    }

    private static void AssertTranscript(string output) =>
        Assert.Equal(Transcript.Split('\n'), output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(package.Consumers, name)).FullName;
}
