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
    [InlineData("lisen", "Word 1 behind \"cct\" is not understood. cct has the commands listen, send, pop, event, lint, replay, simulate. (See \"cct --help\".)")]
    [InlineData("send", "Required command was not provided. (See \"cct send --help\".)")]
    [InlineData("send ready", "Option '--agent' is required. (See \"cct send ready --help\".)")]
    [InlineData("send ready --agent", "Required argument missing for option: '--agent'. (See \"cct send ready --help\".)")]
    [InlineData("send check-status --to sesame", "--to takes a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status --to https://localhost:3107", "--to takes a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status --to http://me:sesame@localhost", "--to takes a URL such as http://localhost:3107/, without user and query. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status --encoding utf-8", "--encoding takes one of java, percent, none. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status --timeout 0", "--timeout takes a number of seconds above 0, up to a day. (See \"cct send check-status --help\".)")]
    [InlineData("send check-status sesame", "What stands beside the options has the form NAME=VALUE. (See \"cct send check-status --help\".)")]
    [InlineData("send login " + Agent + " --pasword=sesame", "Word 7 behind \"cct\" is no option of cct send login; the nearest is --password. (See \"cct send login --help\".)")]
    [InlineData("send login --pasword sesame", "Word 3 behind \"cct\" is no option of cct send login; the nearest is --password. (See \"cct send login --help\".)")]
    [InlineData("send check-status -sesame", "Word 3 behind \"cct\" is no option of cct send check-status. (See \"cct send check-status --help\".)")]
    [InlineData("listen --prot 3107", "Word 2 behind \"cct\" is no option of cct listen; the nearest is --port. (See \"cct listen --help\".)")]
    [InlineData("listen --jsn", "Word 2 behind \"cct\" is no option of cct listen; the nearest is --json. (See \"cct listen --help\".)")]
    [InlineData("--jsn", "Word 1 behind \"cct\" is no option of cct; the nearest is --json. (See \"cct --help\".)")]
    [InlineData("send --jsn", "Word 2 behind \"cct\" is no option of cct send; the nearest is --json. (See \"cct send --help\".)")]
    [InlineData("listen --show-unknown=sesame", "--show-unknown takes no value. (See \"cct listen --help\".)")]
    [InlineData("lint --json=sesame x", "--json takes no value. (See \"cct lint --help\".)")]
    [InlineData("lint --json:sesame", "--json takes no value. (See \"cct lint --help\".)")]
    [InlineData("lint --form CC pop.xml", "Word 2 behind \"cct\" is no option of cct lint; the nearest is --forms. (See \"cct lint --help\".)")]
    [InlineData("send raw a b=sesame", "Word 4 behind \"cct\" is not understood. (See \"cct send raw --help\".)")]
    [InlineData("send other LOGIN", "That function has a command of its own: see \"cct send --help\".")]
    [InlineData("send register " + Agent + " --port 70000", "--port takes a number from 0 to 65535. (See \"cct send register --help\".)")]
    [InlineData("listen --port x", "--port takes a number from 0 to 65535. (See \"cct listen --help\".)")]
    [InlineData("pop --ani 1", "Option '--to' is required. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:99999", "--to takes an address such as 127.0.0.1:8888 or http://127.0.0.1:8888/, without user and query. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 --forms CC,XX", "--forms takes a list of CC, SR, EBC and IEX, with commas. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 --rules maybe", "--rules takes one of refuse, report, off. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 --switch-off CCT999", "--switch-off takes codes of docs/screen-pops.md, with commas, such as CCT122,CCT126. (See \"cct pop --help\".)")]
    [InlineData("pop --to 127.0.0.1:8888 occtANI=1", "The caller's number has an option of its own: --ani.")]
    [InlineData("pop --to 127.0.0.1:8888 CustomerID=1 CustomerID=2", "CustomerID stands twice.")]
    [InlineData("event --id 1", "Word 2 behind \"cct\" is not understood. cct event has the commands established, released. (See \"cct event --help\".)")]
    [InlineData("lint no/such/file.xml", "There is no file no/such/file.xml.")]
    [InlineData("lint .", "The file . cannot be read.")]
    [InlineData("replay no/such/file.jsonl", "There is no file no/such/file.jsonl.")]
    [InlineData("replay x --speed fast", "--speed takes a number from 0.001 to 1000. (See \"cct replay --help\".)")]
    [InlineData("simulate " + Agent + " --fault fire", "--fault takes one of none, down, slow, silent, reset, 500, half. (See \"cct simulate --help\".)")]
    [InlineData("simulate " + Agent + " --switch-off UWQ999", "--switch-off takes codes of checks, with commas, such as UWQ103,CCT126. (See \"cct simulate --help\".)")]
    public async Task Bad_input_gets_one_sentence_and_exit_code_2(string words, string sentence)
    {
        CctRun run = await Cct.RunAsync(words.Split(' '));

        Assert.Equal((2, "", sentence), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("send login --agent 7001 --teleset 70002", "This callout needs the agent's password: set the environment variable CCT_PASSWORD, or use --password - with standard input.")]
    [InlineData("simulate --agent 7001 --teleset 70002", "Login needs the agent's password: set the environment variable CCT_PASSWORD, or use --password - with standard input.")]
    [InlineData("simulate --agent 7001 --teleset 70002 --password -", "Standard input has no line for the password.")]
    public async Task A_password_that_nobody_gave_is_asked_for_in_one_sentence(string words, string sentence)
    {
        CctRun run = await Cct.RunWithoutPasswordAsync(words.Split(' '));

        Assert.Equal((2, "", sentence), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task A_parameter_that_the_callout_has_already_is_refused_by_name()
    {
        CctRun run = await Cct.RunAsync("send", "make-call", "--agent", "7001", "--teleset", "70002", "--dial", "1", "dialString=sesame");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("dialString", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listen --port")]
    [InlineData("simulate --agent 7001 --teleset 70002 --listener-port")]
    public async Task A_port_that_is_taken_is_told_in_one_sentence(string words)
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
    public async Task A_file_that_is_no_transcript_is_told_with_its_line(string text, int line)
    {
        using var file = new TemporaryFile(text);

        CctRun run = await Cct.RunAsync("replay", file.Path);

        Assert.Equal((2, "", $"Line {line} of {file.Path} is no line of a transcript; it may have broken off. Nothing was sent."), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task A_word_of_the_command_line_that_is_not_understood_is_not_repeated()
    {
        CctRun run = await Cct.RunAsync("simulate", "--agent", "7001", "--teleset", "70002", "--pasword", Cct.Password);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("sesame", run.Output + run.Errors, StringComparison.Ordinal);
    }
}
