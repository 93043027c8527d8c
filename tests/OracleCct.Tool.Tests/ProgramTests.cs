using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

/// <summary>Tests the program as a process.</summary>
public class ProgramTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_reads_standard_input_and_writes_standard_output()
    {
        CctRun run = await RunAsync("FunctionName=CheckStatus\n", "lint", "-");

        Assert.Equal((0, "standard input: CheckStatus, no findings", ""), (run.ExitCode, run.Output.TrimEnd(), run.Errors));
    }

    [Fact]
    public async Task Bad_input_is_2_with_one_line_on_standard_error()
    {
        CctRun run = await RunAsync("", "lint", "no/such/file.xml");

        Assert.Equal((2, "", "The file no/such/file.xml does not exist. Check the path."), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task Without_a_terminal_there_is_no_prompt_for_a_password()
    {
        CctRun run = await RunAsync("", "send", "login", "--agent", "7001", "--teleset", "70002");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("CCT_PASSWORD", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_uses_the_password_of_the_environment_and_writes_no_colours_to_a_pipe()
    {
        await using var softphone = new Softphone();

        CctRun run = await RunWithPasswordAsync(Cct.Password, "", "send", "login", "--agent", "7001", "--teleset", "70002", "--to", softphone.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Login of agent 7001 at 70002 -> Success (HTTP 200, ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Ctrl_C_ends_it_with_0()
    {
        using Process process = Process.Start(StartInfo("listen", "--port", "0"))!;
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            Assert.StartsWith("Listening on ", await process.StandardOutput.ReadLineAsync(deadline.Token), StringComparison.Ordinal);
            using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            await kill.WaitForExitAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(deadline.Token)));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Task<CctRun> RunAsync(string input, params string[] args) => RunWithPasswordAsync(null, input, args);

    private static async Task<CctRun> RunWithPasswordAsync(string? password, string input, params string[] args)
    {
        ProcessStartInfo start = StartInfo(args);
        if (password is not null)
        {
            start.Environment["CCT_PASSWORD"] = password;
        }

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo StartInfo(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cct.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _ = start.Environment.Remove("CCT_PASSWORD");
        return start;
    }
}
