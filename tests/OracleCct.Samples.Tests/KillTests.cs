using System;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class KillTests
{
    [Fact]
    public async Task Whoever_is_killed_in_the_middle_of_registrations_leaves_a_file_with_all_that_was_acknowledged()
    {
        await using ChildProcess kill = SamplePrograms.Start("Stress", Framework.Net, "kill", "--rounds", "15");

        int exitCode = await kill.ExitAsync();

        Assert.Equal("", kill.Errors);
        Assert.StartsWith("15 times killed in ", kill.Output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }
}
