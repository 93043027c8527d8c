using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Package.Tests;

/// <summary>
/// Runs a program to its end, which comes with the deadline at the latest, and takes its children with it. Two run at a time: a build alone keeps two
/// processors busy.
/// </summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly SemaphoreSlim Turns = new(2);

    public static Task<string> DotnetAsync(string directory, params string[] arguments) => RunAsync(directory, "dotnet", arguments);

    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It exited with another code than 0, or not in time. The message holds all that it wrote.</exception>
    public static Task<string> RunAsync(string directory, string program, params string[] arguments) =>
        RunAsync(directory, program, (_, _, _) => Task.CompletedTask, arguments);

    /// <param name="directory">Where to run it.</param>
    /// <param name="program">The program.</param>
    /// <param name="talk">Reads its output and writes its input, until the token's deadline. Then its input ends.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>What it wrote to its standard output, except what <paramref name="talk"/> has read.</returns>
    public static async Task<string> RunAsync(
        string directory, string program, Func<TextReader, TextWriter, CancellationToken, Task> talk, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        MakeFresh(start.Environment);

        await Turns.WaitAsync();
        try
        {
            return await RunAsync(start, talk);
        }
        finally
        {
            _ = Turns.Release();
        }
    }

    private static async Task<string> RunAsync(ProcessStartInfo start, Func<TextReader, TextWriter, CancellationToken, Task> talk)
    {
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await talk(process.StandardOutput, process.StandardInput, deadline.Token);
            process.StandardInput.Close();
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{Describe(start)} exited with {process.ExitCode}.\n{await output}\n{await errors}");
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"{Describe(start)} did not end within {Deadline}.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static void MakeFresh(IDictionary<string, string?> environment)
    {
        // What the "dotnet test" above tells its own children would lead these astray.
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            environment.Remove(name);
        }

        // Servers that outlive the build would hold its output open.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    }

    private static string Describe(ProcessStartInfo start) => $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
}
