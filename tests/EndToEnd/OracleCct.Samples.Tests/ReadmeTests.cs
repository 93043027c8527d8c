using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ReadmeTests
{
    private static readonly LoginCallout Login = new() { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("1234"), AgentQueue = "7700" };

    [Fact]
    public void Every_piece_of_code_in_the_README_is_compiled()
    {
        string readme = File.ReadAllText(SamplePrograms.PathOf("README"));
        string[] sources = Directory.GetFiles(SamplePrograms.PathOf("ReadmeSources"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("\\obj\\", StringComparison.Ordinal))
            .Select(file => WithoutIndentation(File.ReadAllText(file)))
            .ToArray();
        IEnumerable<string> blocks = Regex.Matches(readme, "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
            .Select(match => WithoutIndentation(match.Groups[1].Value));

        Assert.Equal(6, blocks.Count());
        Assert.All(blocks, block => Assert.Contains(sources, source => source.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_READMEs_first_program_has_at_most_15_lines()
    {
        string readme = File.ReadAllText(SamplePrograms.PathOf("README"));
        string program = Regex.Match(readme, "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;

        Assert.InRange(program.Split('\n').Count(line => line.Trim().Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)), 5, 15);
    }

    [Fact]
    public async Task The_READMEs_softphone_logs_in_and_pops_the_screen()
    {
        await using ChildProcess process = SamplePrograms.Start("Softphone", Framework.Net, "0");
        string line = await process.LineAsync("EBS calls ");
        await using UwqSimulator ebs = UwqSimulator.Start(new Uri(line.Split(' ')[2].TrimEnd('.')));
        UwqAgent agent = ebs.AddAgent("70002", "7001");

        Assert.Equal("", (await ebs.SendAsync(Login)).Body);
        Assert.Contains("Wrong password.", (await ebs.SendAsync(Login with { AgentPassword = new("4321") })).Body, StringComparison.Ordinal);
        Assert.Contains("cannot dial 0 yet", (await agent.MakeCallAsync("0")).Body, StringComparison.Ordinal);

        await process.TypeAsync("+1 (415) 555-0100");
        Assert.Equal("Screen pop: NotSent (NotRegistered)", await process.LineAsync("Screen pop"));

        _ = await agent.RegisterAsync();
        Assert.Equal("", (await agent.ReadyAsync()).Body);
        await process.TypeAsync("+1 (415) 555-0100");
        ScreenPopEvent screenPop = await agent.ExpectAsync<ScreenPopEvent>();
        Assert.Equal(("14155550100", "70002"), (screenPop.Ani, screenPop.Dnis));
        Assert.Equal("Screen pop: Delivered (HTTP 200)", await process.LineAsync("Screen pop"));
        Assert.Equal(screenPop.SourceId, (await agent.ExpectAsync<CallEstablishedEvent>()).SourceId);
        Assert.Equal(screenPop.SourceId, (await agent.ExpectAsync<CallReleasedEvent>()).SourceId);
        Assert.Equal("", (await agent.NotReadyAsync()).Body);
        Assert.Equal("", (await ebs.SendAsync(new LogoutCallout("70002", "7001", new("1234"), "7700"))).Body);

        await process.TypeAsync("");
        Assert.Equal(0, await process.ExitAsync());
    }

    [Fact]
    public async Task The_READMEs_web_application_answers_callouts_and_logs_no_password()
    {
        await using ChildProcess process = SamplePrograms.Start("AspNetCore", Framework.Net, "--urls", "http://127.0.0.1:0");
        string line = await process.LineAsync("Now listening on: ");
        var url = new Uri(line.Substring(line.IndexOf("http", StringComparison.Ordinal)));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };

        string login = CalloutQueryFormatter.Default.Write(Login with { AgentPassword = new("open sesame") });
        using HttpResponseMessage success = await http.GetAsync(new Uri(url, "/?" + login));
        using HttpResponseMessage failure = await http.GetAsync(new Uri(url, "/?FunctionName=Ready&telesetNumber=70002&agentID=7001"));
        using HttpResponseMessage wrong = await http.PostAsync(new Uri(url, "/?FunctionName=CheckStatus"), null);

        Assert.Equal((200, ""), ((int)success.StatusCode, await success.Content.ReadAsStringAsync()));
        Assert.Equal(200, (int)failure.StatusCode);
        Assert.Contains("The softphone does not support Ready.", await failure.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((405, "GET"), ((int)wrong.StatusCode, Assert.Single(wrong.Content.Headers.Allow)));
        Assert.DoesNotContain("sesame", process.Output + process.Errors, StringComparison.Ordinal);
    }

    private static string WithoutIndentation(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();
}
