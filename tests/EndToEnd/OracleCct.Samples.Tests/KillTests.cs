using System;
using System.IO;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class KillTests
{
    [Fact]
    public async Task A_process_killed_during_registrations_leaves_a_file_with_every_acknowledged_registration()
    {
        await using ChildProcess kill = SamplePrograms.Start("Stress", Framework.Net, "kill", "--rounds", "15");

        int exitCode = await kill.ExitAsync();

        Assert.Equal("", kill.Errors);
        Assert.StartsWith("Killed 15 times in ", kill.Output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_registry_file_that_another_process_uses_is_refused_until_that_ends()
    {
        string folder = Directory.CreateTempSubdirectory("cct-lock-").FullName;
        try
        {
            string path = Path.Combine(folder, "agents.txt");
            await using (ChildProcess other = SamplePrograms.Start("Stress", Framework.Net, "kill-child", path))
            {
                _ = await other.LineAsync("done ");

                IOException error = Assert.Throws<IOException>(() => new FileAgentRegistry(path));
                Assert.Contains("is used by another registry", error.Message, StringComparison.Ordinal);
            }

            using var registry = new FileAgentRegistry(path);
            Assert.Null(registry.Problem);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
