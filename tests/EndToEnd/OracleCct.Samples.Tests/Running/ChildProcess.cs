using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Runs a program for a test, and ends it with the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly object _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _untaken = [];
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _news = new(0);

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Gets the standard output so far. It is complete after <see cref="ExitAsync"/>.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Gets the standard error output so far.</summary>
    public string Errors
    {
        get
        {
            lock (_gate)
            {
                return _errors.ToString().TrimEnd();
            }
        }
    }

    public static ChildProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Take(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.TakeError(line.Data);
        _ = child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits for a line of output that contains the text. Returns each line once.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            lock (_gate)
            {
                int index = _untaken.FindIndex(line => line.Contains(text, StringComparison.Ordinal));
                if (index >= 0)
                {
                    string line = _untaken[index];
                    _untaken.RemoveAt(index);
                    return line;
                }
            }

            try
            {
                await _news.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No output line contains \"{text}\". {Everything()}");
            }
        }
    }

    /// <summary>Waits for the end of the program and of its output.</summary>
    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end. {Everything()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _ = await ExitAsync();
        }

        _process.Dispose();
        _news.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                _lines.Add(line);
                _untaken.Add(line);
            }

            _ = _news.Release();
        }
    }

    private void TakeError(string? line)
    {
        lock (_gate)
        {
            _ = _errors.AppendLine(line);
        }
    }

    private string Everything() => $"Output so far:\n{Output}\n{Errors}";
}
