using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class QuickstartTests
{
    private const string Messages = """
         1  EBS -> softphone: Register
              GET /?FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port=PORT
            softphone replies
              200
         2  EBS -> softphone: Login
              GET /?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700
            softphone replies
              200
         3  EBS -> softphone: Ready
              GET /?FunctionName=Ready&telesetNumber=70002&agentID=7001
            softphone replies
              200
         4  EBS -> softphone: CheckStatus
              GET /?FunctionName=CheckStatus
            softphone replies
              200
         5  EBS -> softphone: MakeCall
              GET /?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=4155550100
            softphone replies
              200
         6  softphone -> EBS: ScreenPop
              POST /
              <CCTSDK>
              <event name="ScreenPop">
              <data name="occtSourceID" value="CALL1"/>
              <data name="occtANI" value="4155550100"/>
              <data name="occtDNIS" value="70002"/>
              </event>
              </CCTSDK>
            EBS replies
              200
         7  softphone -> EBS: CallEstablished
              POST /
              <CCTSDK>
              <event name="CallEstablished">
              <data name="occtSourceID" value="CALL1"/>
              </event>
              </CCTSDK>
            EBS replies
              200
         8  softphone -> EBS: CallReleased
              POST /
              <CCTSDK>
              <event name="CallReleased">
              <data name="occtSourceID" value="CALL1"/>
              </event>
              </CCTSDK>
            EBS replies
              200
         9  EBS -> softphone: Ready
              GET /?FunctionName=Ready&telesetNumber=70002&agentID=7001
            softphone replies
              200
        10  softphone -> EBS: ScreenPop
              POST /
              <CCTSDK>
              <event name="ScreenPop">
              <data name="occtSourceID" value="CALL2"/>
              <data name="occtANI" value="4155550199"/>
              <data name="occtDNIS" value="70002"/>
              </event>
              </CCTSDK>
            EBS replies
              200
        11  softphone -> EBS: CallEstablished
              POST /
              <CCTSDK>
              <event name="CallEstablished">
              <data name="occtSourceID" value="CALL2"/>
              </event>
              </CCTSDK>
            EBS replies
              200
        12  softphone -> EBS: CallReleased
              POST /
              <CCTSDK>
              <event name="CallReleased">
              <data name="occtSourceID" value="CALL2"/>
              </event>
              </CCTSDK>
            EBS replies
              200
        13  EBS -> softphone: MakeCall
              GET /?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=front%20desk
            softphone replies
              200
              <CCTSDK>
              <event name="Error">
              <data name="occtErrorMsg" value="front desk is not a number that can be dialled."/>
              </event>
              </CCTSDK>
        14  EBS -> softphone: NotReady
              GET /?FunctionName=NotReady&telesetNumber=70002&agentID=7001
            softphone replies
              200
        15  EBS -> softphone: Logout
              GET /?FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700
            softphone replies
              200
        16  EBS -> softphone: Unregister
              GET /?FunctionName=Unregister&telesetNumber=70002&agentID=7001
            softphone replies
              200
        """;

    [Theory, OnNet, OnNetFramework]
    public async Task Every_message_of_a_working_day_is_shown_in_order(Framework framework)
    {
        await using ChildProcess quickstart = SamplePrograms.Start("Quickstart", framework);

        int exitCode = await quickstart.ExitAsync();

        Assert.Equal("", quickstart.Errors);
        Assert.Equal(Messages.ReplaceLineEndings("\n"), MessagesOf(quickstart.Output));
        Assert.EndsWith("\nAll 16 messages arrived as expected.", quickstart.Output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task No_password_is_shown(Framework framework)
    {
        await using ChildProcess quickstart = SamplePrograms.Start("Quickstart", framework);

        _ = await quickstart.ExitAsync();

        Assert.Contains("agentPassword=***", quickstart.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", quickstart.Output, StringComparison.Ordinal);
    }

    /// <summary>Returns the numbered messages, with names for the values that differ between runs.</summary>
    private static string MessagesOf(string transcript)
    {
        var lines = transcript.Split('\n')
            .SkipWhile(line => !line.StartsWith(" 1  ", StringComparison.Ordinal))
            .Where(line => line.StartsWith(' ') || char.IsDigit(line.FirstOrDefault()));
        string text = Regex.Replace(string.Join('\n', lines), "port=[0-9]+", "port=PORT");
        string[] ids = [.. Regex.Matches(text, "occtSourceID\" value=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct()];
        for (int i = 0; i < ids.Length; i++)
        {
            text = text.Replace(ids[i], $"CALL{i + 1}", StringComparison.Ordinal);
        }

        return text;
    }
}
