using System;
using System.IO;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Runs a softphone that is controlled by typed commands.</summary>
internal static class ConsoleHost
{
    /// <summary>Starts a softphone, and runs it until a signal or the user ends it.</summary>
    /// <param name="startAsync">Starts the softphone. An <see cref="IOException"/> says why it cannot start.</param>
    /// <param name="url">Returns the URL for callouts.</param>
    /// <param name="commands">Creates the commands. The argument ends the program.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task> startAsync, Func<Uri> url, Func<Action, CommandTable> commands)
    {
        using var end = new EndSignal();
        try
        {
            Task starting = startAsync();
            if (await Task.WhenAny(starting, end.Given) == end.Given)
            {
                return 0;
            }

            await starting;
        }
        catch (IOException exception)
        {
            return await Terminal.FailAsync(exception.Message);
        }

        Terminal.Say($"listening {url()}");
        _ = Task.Run(commands(() => end.TryGive()).ReadAsync);
        await end.Given;
        return 0;
    }
}
