using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Package.Tests;

[Collection(nameof(PackedLibrary))]
public class ConsumerTests(PackedLibrary package)
{
    [Fact]
    public async Task A_program_on_net10_uses_the_package() => AssertTranscript(".NETCoreApp,Version=v10.0", await package.OutputOnNet10);

    [Fact]
    public async Task A_trimmed_program_on_net10_uses_the_package() => AssertTranscript(".NETCoreApp,Version=v10.0", await package.OutputOnNet10Trimmed);

    [NetFrameworkFact]
    public async Task A_program_on_NET_Framework_uses_the_package_with_no_set_up_but_the_language_version() =>
        AssertTranscript(".NETStandard,Version=v2.0", await package.OutputOnNetFramework);

    [Fact]
    public async Task A_trimmed_web_application_takes_callouts_and_logs_no_password()
    {
        string[] lines = (await package.OutputOfWebTrimmed).ReplaceLineEndings("\n").Split('\n');

        Assert.Equal(
            [
                "login: <CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"No agent 7001.\"/></event></CCTSDK>",
                "check: 200",
                "health: Healthy",
            ],
            lines.Where(line => line.StartsWith("login: ", StringComparison.Ordinal) || line.StartsWith("check: ", StringComparison.Ordinal)
                || line.StartsWith("health: ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("opensesame", StringComparison.Ordinal));
    }

    private static void AssertTranscript(string asset, string output) =>
        Assert.Equal(
            $"""
            asset: {asset}
            callout: FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=%2B1%20415%20555%200100
            read back: True
            event: <CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="42"/><data name="occtANI" value="4155550100"/><data name="occtDNIS" value="70002"/><data name="AccountNum" value="M&#252;ller &amp; S&#246;hne"/></event></CCTSDK>
            read back: True
            dialled: +1 415 555 0100
            reply: HTTP/1.1 200 OK
            delivery: Delivered (HTTP 200)
            as written: True
            tested: 200 Success, ScreenPop of 4155550100
            """,
            output.ReplaceLineEndings("\n").TrimEnd());
}
