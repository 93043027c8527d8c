// A softphone with a real phone: baresip makes and takes the SIP calls, and EBS is informed of them.
using System.IO;
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
            return await Terminal.FailAsync(exception.Message);
        }

        Terminal.Say($"listening {softphone.Url}");
        _ = Task.Run(new Commands(softphone, Terminal.Say, () => end.TryGive()).Table().ReadAsync);
        await end.Given;
        return 0;
    }
}
