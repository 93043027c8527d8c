using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class BadInputTests
{
    private const string Agent = "--agent 7001 --teleset 70002";

    [Theory]
    [InlineData(
        "lisen",
        "Argument 1 after \"cct\" is not valid. Use one of the commands listen, send, pop, event, lint, replay, simulate. (See \"cct --help\".)")]
    [InlineData("send", "Required command was not provided. (See \"cct send --help\".)")]
    [InlineData("send ready", "Option '--agent' is required. (See \"cct send ready --help\".)")]
    [InlineData("send ready --agent", "Required argument missing for option: '--agent'. (See \"cct send ready --help\".)")]
    [InlineData(
        "send check-status --to sesame",
        "The value of --to is not valid. Use a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData(
        "send check-status --to https://localhost:3107",
        "The value of --to is not valid. Use a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData(
        "send check-status --to http://me:sesame@localhost",
        "The value of --to is not valid. Use a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData(
        "send check-status --encoding utf-8",
        "The value of --encoding is not valid. Use one of java, percent, none. (See \"cct send check-status --help\".)")]
    [InlineData(
        "send check-status --timeout 0",
        "The value of --timeout is not valid. Use a number of seconds greater than 0, up to a day. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status sesame", "An argument that is not an option must have the form NAME=VALUE. (See \"cct send check-status --help\".)")]
    [InlineData(
        "send login " + Agent + " --pasword=sesame",
        "Argument 7 after \"cct\" is not an option of \"cct send login\". Did you mean --password? (See \"cct send login --help\".)")]
    [InlineData(
        "send login --pasword sesame",
        "Argument 3 after \"cct\" is not an option of \"cct send login\". Did you mean --password? (See \"cct send login --help\".)")]
    [InlineData("send check-status -sesame", "Argument 3 after \"cct\" is not an option of \"cct send check-status\". (See \"cct send check-status --help\".)")]
    [InlineData("listen --prot 3107", "Argument 2 after \"cct\" is not an option of \"cct listen\". Did you mean --port? (See \"cct listen --help\".)")]
    [InlineData("listen --jsn", "Argument 2 after \"cct\" is not an option of \"cct listen\". Did you mean --json? (See \"cct listen --help\".)")]
    [InlineData("--jsn", "Argument 1 after \"cct\" is not an option of \"cct\". Did you mean --json? (See \"cct --help\".)")]
    [InlineData("send --jsn", "Argument 2 after \"cct\" is not an option of \"cct send\". Did you mean --json? (See \"cct send --help\".)")]
    [InlineData("listen --show-unknown=sesame", "--show-unknown does not take a value. (See \"cct listen --help\".)")]
    [InlineData("lint --json=sesame x", "--json does not take a value. (See \"cct lint --help\".)")]
    [InlineData("lint --json:sesame", "--json does not take a value. (See \"cct lint --help\".)")]
    [InlineData("lint --form CC pop.xml", "Argument 2 after \"cct\" is not an option of \"cct lint\". Did you mean --forms? (See \"cct lint --help\".)")]
    [InlineData("send raw a b=sesame", "Argument 4 after \"cct\" is not valid. (See \"cct send raw --help\".)")]
    [InlineData("send other LOGIN", "This function has its own command. See \"cct send --help\".")]
    [InlineData(
        "send register " + Agent + " --port 70000",
        "The value of --port is not valid. Use a number from 0 to 65535. (See \"cct send register --help\".)")]
    [InlineData("listen --port x", "The value of --port is not valid. Use a number from 0 to 65535. (See \"cct listen --help\".)")]
    [InlineData("pop --ani 1", "Option '--to' is required. (See \"cct pop --help\".)")]
    [InlineData(
        "pop --to 127.0.0.1:99999",
        "The value of --to is not valid. Use an address such as 127.0.0.1:8888 or http://127.0.0.1:8888/, without user and query. (See \"cct pop --help\".)")]
    [InlineData(
        "pop --to 127.0.0.1:8888 --forms CC,XX",
        "The value of --forms is not valid. Use a comma-separated list of CC, SR, EBC and IEX. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 --rules maybe", "The value of --rules is not valid. Use one of refuse, report, off. (See \"cct pop --help\".)")]
    [InlineData(
        "pop --to 127.0.0.1:8888 --switch-off CCT999",
        "The value of --switch-off is not valid. Use comma-separated codes of docs/screen-pops.md, such as CCT122,CCT126. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 occtANI=1", "occtANI cannot be a NAME=VALUE pair. Use --ani.")]
    [InlineData("pop --to 127.0.0.1:8888 CustomerID=1 CustomerID=2", "CustomerID appears twice. Use each name once.")]
    [InlineData("event --id 1", "Argument 2 after \"cct\" is not valid. Use one of the commands established, released. (See \"cct event --help\".)")]
    [InlineData("lint no/such/file.xml", "The file no/such/file.xml does not exist. Check the path.")]
    [InlineData("lint .", "The file . cannot be read. Check that it is a file and that you may read it.")]
    [InlineData("replay no/such/file.jsonl", "The file no/such/file.jsonl does not exist. Check the path.")]
    [InlineData("replay x --speed fast", "The value of --speed is not valid. Use a number from 0.001 to 1000. (See \"cct replay --help\".)")]
    [InlineData(
        "simulate " + Agent + " --fault fire",
        "The value of --fault is not valid. Use one of none, down, slow, silent, reset, 500, half. (See \"cct simulate --help\".)")]
    [InlineData(
        "simulate " + Agent + " --switch-off UWQ999",
        "The value of --switch-off is not valid. Use comma-separated codes of checks, such as UWQ103,CCT126. (See \"cct simulate --help\".)")]
    public async Task Bad_input_gets_one_line_and_exit_code_2(string words, string message)
    {
        CctRun run = await Cct.RunAsync(words.Split(' '));

        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData(
        "send login --agent 7001 --teleset 70002",
        "This callout needs the agent's password. Set the environment variable CCT_PASSWORD, or use --password - with standard input.")]
    [InlineData(
        "simulate --agent 7001 --teleset 70002",
        "Login needs the agent's password. Set the environment variable CCT_PASSWORD, or use --password - with standard input.")]
    [InlineData("simulate --agent 7001 --teleset 70002 --password -", "Standard input has no password. Write it on the first line.")]
    public async Task A_missing_password_gets_one_line_that_says_how_to_give_it(string words, string message)
    {
        CctRun run = await Cct.RunWithoutPasswordAsync(words.Split(' '));

        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task A_parameter_that_the_callout_already_has_is_refused_by_name()
    {
        CctRun run = await Cct.RunAsync("send", "make-call", "--agent", "7001", "--teleset", "70002", "--dial", "1", "dialString=sesame");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("dialString", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listen --port")]
    [InlineData("simulate --agent 7001 --teleset 70002 --listener-port")]
    public async Task A_port_in_use_is_reported_in_one_line(string words)
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            int port = ((IPEndPoint)taken.LocalEndpoint).Port;

            CctRun run = await Cct.RunAsync([.. words.Split(' '), $"{port}"]);

            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains($"Port {port} ", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
        finally
        {
            taken.Stop();
        }
    }

    [Theory]
    [InlineData("{\"kind\":\"outcome\"}\n{\"kind\":\"callo", 2)]
    [InlineData("time,kind\n", 1)]
    [InlineData("[1]\n", 1)]
    [InlineData("{\"kind\":\"callout\",\"outcome\":\"Success\",\"query\":\"FunctionName=CheckStatus\"}\n", 1)]
    [InlineData("{\"kind\":\"callout\",\"outcome\":\"\\ud800\"}\n", 1)]
    public async Task A_file_that_is_not_a_transcript_is_reported_with_its_line(string text, int line)
    {
        using var file = new TemporaryFile(text);

        CctRun run = await Cct.RunAsync("replay", file.Path);

        string message = $"Line {line} of {file.Path} is not a complete line of a transcript. Nothing was sent. Repair or remove the line.";
        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task An_argument_that_is_not_valid_is_not_repeated()
    {
        CctRun run = await Cct.RunAsync("simulate", "--agent", "7001", "--teleset", "70002", "--pasword", Cct.Password);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("sesame", run.Output + run.Errors, StringComparison.Ordinal);
    }
}
