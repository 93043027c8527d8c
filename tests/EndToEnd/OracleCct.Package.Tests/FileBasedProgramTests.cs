using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Package.Tests;

/// <summary>The README's first program as a single file, run with the packed package.</summary>
[Collection(nameof(PackedLibrary))]
public class FileBasedProgramTests(PackedLibrary package)
{
    [Fact]
    public async Task The_READMEs_first_program_runs_as_a_single_file()
    {
        string directory = Directory.CreateDirectory(Path.Combine(package.Consumers, "file-based")).FullName;
        string readme = File.ReadAllText(Path.Combine(Machine.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");
        string program = Regex.Match(readme, "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        File.WriteAllText(Path.Combine(directory, "phone.cs"), $"#:package OracleCct.Protocol@{package.Version}\n{program}");

        string output = await ChildProcess.RunAsync(directory, "dotnet", PopAsync, "run", "phone.cs", "--", "0");

        Assert.Contains("Screen pop: Delivered (HTTP 200)", output, StringComparison.Ordinal);
    }

    private static async Task PopAsync(TextReader output, TextWriter input, CancellationToken token)
    {
        string line = await output.ReadLineAsync(token) ?? "";
        Assert.StartsWith("EBS calls http", line, StringComparison.Ordinal);
        var url = new Uri(line.Split(' ')[2].TrimEnd('.'));
        using var ebs = new TcpListener(IPAddress.Loopback, 0);
        ebs.Start();
        int port = ((IPEndPoint)ebs.LocalEndpoint).Port;
        using var http = new HttpClient();

        string query = $"/?FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port={port}";
        Assert.Equal("", await http.GetStringAsync(new Uri(url, query), token));
        await input.WriteLineAsync("+1 (415) 555-0100".AsMemory(), token);
        await input.FlushAsync(token);

        foreach (string name in (string[])["ScreenPop", "CallEstablished", "CallReleased"])
        {
            string body = await TakeEventAsync(ebs, token);
            Assert.Contains($"event name=\"{name}\"", body, StringComparison.Ordinal);
            Assert.True(name != "ScreenPop" || body.Contains("14155550100", StringComparison.Ordinal), body);
        }
    }

    /// <summary>Answers one event as EBS does.</summary>
    private static async Task<string> TakeEventAsync(TcpListener ebs, CancellationToken token)
    {
        using TcpClient connection = await ebs.AcceptTcpClientAsync(token);
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().Contains("</CCTSDK>", StringComparison.Ordinal))
        {
            int count = await connection.GetStream().ReadAsync(buffer, token);
            Assert.NotEqual(0, count);
            _ = text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), token);
        return text.ToString();
    }
}
