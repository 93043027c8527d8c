// A softphone with a real phone: baresip makes and takes the SIP calls, and the softphone reports them to EBS.
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
        return await ConsoleHost.RunAsync(softphone.StartAsync, () => softphone.Url, quit => new Commands(softphone, Terminal.Say, quit).Table());
    }
}
