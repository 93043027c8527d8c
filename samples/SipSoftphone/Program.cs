// A softphone with a real phone: baresip makes and takes SIP calls, and EBS hears of them.
using System;
using System.IO;
using System.Threading.Tasks;

namespace OracleCct.Samples;

internal static class Program
{
    private const int CannotStart = 2;

    private static async Task<int> Main(string[] args)
    {
        if (SoftphoneOptions.Read(args, out SoftphoneOptions options) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return CannotStart;
        }

        using var end = new EndSignal();
        await using var softphone = new Softphone(options, Terminal.Say);
        try
        {
            Task starting = softphone.StartAsync();
            if (await Task.WhenAny(starting, end.Given) == end.Given)
            {
                return 0;
            }

            await starting;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CannotStart;
        }

        Terminal.Say($"listening {softphone.Url}");
        _ = Task.Run(() => ReadCommandsAsync(new Commands(softphone, Terminal.Say, () => end.Give())));
        await end.Given;
        return 0;
    }

    /// <summary>Reads until the end of input, which is not the end of the softphone: it may run where nobody types.</summary>
    private static async Task ReadCommandsAsync(Commands commands)
    {
        while (Console.ReadLine() is { } line)
        {
            await commands.RunAsync(line);
        }
    }
}
