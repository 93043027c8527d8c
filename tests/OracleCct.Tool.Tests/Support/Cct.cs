using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace OracleCct.Tool.Tests.Support;

/// <summary>Represents the result of a command.</summary>
internal sealed record CctRun(int ExitCode, string Output, string Errors);

/// <summary>Runs the program in this process with a console that the test controls. A deadline ends it.</summary>
internal sealed class Cct : IAsyncDisposable
{
    public const string Password = "open sesame";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _end = new(Deadline);
    private readonly Pipe _input = new();
    private readonly Recorder _output = new();
    private readonly StringWriter _errors = new();
    private readonly Task<int> _run;
    private int _read;

    private Cct(IReadOnlyList<string> args, bool hasPassword, AnsiSupport colours)
    {
        var console = new ToolConsole
        {
            Input = _input.Reader.AsStream(),
            Output = TextWriter.Synchronized(_output),
            Error = TextWriter.Synchronized(_errors),
            Colours = colours,
            EnvironmentVariable = name => hasPassword && name == "CCT_PASSWORD" ? Password : null,
        };
        _run = Task.Run(() => CommandLine.RunAsync(args, console, _end.Token));
    }

    /// <summary>Gets the output so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts a command that runs until the test ends it.</summary>
    public static Cct Start(params string[] args) => new(args, hasPassword: true, AnsiSupport.No);

    public static Task<CctRun> RunAsync(params string[] args) => RunAsync("", args, hasPassword: true);

    public static Task<CctRun> RunInColoursAsync(params string[] args) => RunAsync("", args, hasPassword: true, AnsiSupport.Yes);

    public static Task<CctRun> RunWithoutPasswordAsync(params string[] args) => RunAsync("", args, hasPassword: false);

    public static Task<CctRun> RunWithInputAsync(string input, params string[] args) => RunAsync(input, args, hasPassword: true);

    /// <summary>Waits for a text after the last one found, and returns its line.</summary>
    public async Task<string> LineAsync(string text)
    {
        while (true)
        {
            Task news = _output.NextAsync();
            string output = Output;
            int found = output.IndexOf(text, _read, StringComparison.Ordinal);
            int end = found < 0 ? -1 : output.IndexOf('\n', found);
            if (end >= 0)
            {
                _read = end + 1;
                return output[(output.LastIndexOf('\n', found) + 1)..end].TrimEnd();
            }

            if (await Task.WhenAny(news, _run).WaitAsync(_end.Token) == _run)
            {
                throw new InvalidOperationException($"The command ended without \"{text}\":\n{Output}\n{_errors}");
            }
        }
    }

    public async Task TypeAsync(string line)
    {
        _ = await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>Ends the input and waits for the command to end.</summary>
    public Task<CctRun> EndOfInputAsync() => EndOfInputAsync(null);

    /// <summary>Fails the input and waits for the command to end.</summary>
    public Task<CctRun> BreakInputAsync(Exception exception) => EndOfInputAsync(exception);

    private async Task<CctRun> EndOfInputAsync(Exception? exception)
    {
        await _input.Writer.CompleteAsync(exception);
        return new(await _run.WaitAsync(Deadline), Output, _errors.ToString());
    }

    /// <summary>Does what Ctrl+C does, and waits for the command to end.</summary>
    public async Task<CctRun> InterruptAsync()
    {
        await _end.CancelAsync();
        return new(await _run.WaitAsync(Deadline), Output, _errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _input.Writer.CompleteAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static async Task<CctRun> RunAsync(string input, string[] args, bool hasPassword, AnsiSupport colours = AnsiSupport.No)
    {
        await using var cct = new Cct(args, hasPassword, colours);
        if (input.Length > 0)
        {
            _ = await cct._input.Writer.WriteAsync(Encoding.UTF8.GetBytes(input));
        }

        return await cct.EndOfInputAsync();
    }

    private sealed class Recorder : StringWriter
    {
        private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task NextAsync() => Volatile.Read(ref _news).Task;

        public override void Write(char value)
        {
            lock (this)
            {
                base.Write(value);
            }

            Announce();
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (this)
            {
                base.Write(buffer, index, count);
            }

            Announce();
        }

        public override void Write(string? value)
        {
            lock (this)
            {
                base.Write(value);
            }

            Announce();
        }

        public override string ToString()
        {
            lock (this)
            {
                return base.ToString();
            }
        }

        private void Announce() => Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
