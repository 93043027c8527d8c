// A softphone that waits for EBS: callouts operate a simulated switch, and commands that the user types place the incoming calls.
using System.Threading.Tasks;

namespace OracleCct.Samples;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (SoftphoneOptions.Read(args, out SoftphoneOptions options) is { } problem)
        {
            return await Terminal.FailAsync(problem);
        }

        await using var softphone = new Softphone(options, Terminal.Say);
        return await ConsoleHost.RunAsync(StartAsync, () => softphone.Url, quit => new Commands(softphone, Terminal.Say, quit).Table());

        Task StartAsync()
        {
            softphone.Start();
            return Task.CompletedTask;
        }
    }
}
