using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

/// <summary>The code of docs/screen-pops.md, as it stands there.</summary>
public class ScreenPopPageExamples
{
    [Fact]
    public void A_check_by_hand()
    {
        var said = new List<string>();
        void Log(string line) => said.Add(line);

        var pop = new ScreenPopEvent
        {
            SourceId = "42",
            Ani = "+1 (415) 555-0100",
            Dnis = "70002",
            ExtraFields = [new(ScreenPopKeys.AccountCode, "5005")],
        };
        foreach (ScreenPopFinding finding in ScreenPopRules.Check(pop, EbsForms.ServiceRequest))
        {
            Log(finding.ToString());
        }

        Assert.StartsWith("CCT106 error: occtANI contains other characters than digits", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_before_sending()
    {
        ScreenPopEvent pop = Messages.ScreenPop with { Ani = "+1 (415) 555-0100" };
        var client = new Recorder();
        var ebsAddress = new EbsAddress("127.0.0.1", 8888);
        CancellationToken token = default;
        static void Log(string line) => Assert.Fail(line);

        var options = new ScreenPopRuleOptions
        {
            Forms = EbsForms.ContactCenter | EbsForms.ServiceRequest,
            SwitchedOff = ["CCT126"], // agents call each other here
            CallerNumber = new() { Form = CallerNumberForm.National, CountryCode = "1", TrunkPrefix = "1" },
        };
        ScreenPopCheck check = ScreenPopRules.Prepare(pop, options);
        foreach (ScreenPopFinding finding in check.Findings)
        {
            Log(finding.ToString());
        }

        if (!check.IsRefused)
        {
            await client.SendAsync(ebsAddress, check.ScreenPop, token);
        }

        Assert.Equal("4155550100", ((ScreenPopEvent)client.Sent!).Ani);
    }

    private sealed class Recorder : IEventClient
    {
        public CctEvent? Sent { get; private set; }

        public Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
        {
            Sent = cctEvent;
            return Task.FromResult(new EventDelivery { Status = EventDeliveryStatus.Delivered });
        }
    }
}
