#if NET
using System;
using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Protocol.Tests.Budgets;

/// <summary>What the library may allocate. Bytes are the same on every machine; times are not, and are measured by the benchmarks.</summary>
public class AllocationTests
{
    private const int Runs = 1000;

    // Without optimization the compiler makes an object of each asynchronous method's state, and iterators keep every local.
    private static readonly long OfDebugBuild = IsDebugBuild ? 200 : 0;

    private static readonly CctXmlFormatter Xml = CctXmlFormatter.Default;
    private static readonly CalloutQueryFormatter Queries = CalloutQueryFormatter.Default;

    private static readonly ScreenPopEvent ScreenPop = new()
    {
        SourceId = "2026-42",
        Ani = "4155550100",
        Dnis = "70002",
        CustomerId = "1001",
        ScreenPopType = ScreenPopType.ServiceRequest,
        ServiceRequestNum = "4004",
        CampaignScheduleName = "Spring & Summer",
        Language = "EN",
    };

    // With two business keys there would be a finding.
    private static readonly ScreenPopEvent ScreenPopWithoutFindings = ScreenPop with { CustomerId = null, LastOperationCode = "17" };

    private static readonly LoginCallout Login = new() { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("p@ssw0rd42"), AgentQueue = "7700" };

    internal static bool IsDebugBuild => typeof(Callout).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [Fact]
    public void Reading_Login_takes_at_most_400_bytes()
    {
        string query = Queries.Write(Login);
        Assert.InRange(BytesOf(() => Assert.True(Queries.TryRead(query, out _, out _))), 1, 400);
    }

    [Theory]
    [InlineData("FunctionName=CheckStatus")]
    [InlineData("?FunctionName=CheckStatus")]
    [InlineData("/softphone?FunctionName=CheckStatus")]
    public void Reading_CheckStatus_takes_nothing(string query) => Assert.Equal(0, BytesOf(() => Assert.True(Queries.TryRead(query, out _, out _))));

    [Fact]
    public void Writing_Login_takes_at_most_a_fifth_more_than_its_characters() =>
        Assert.InRange(BytesOf(() => Queries.Write(Login)), 1, (long)(1.2 * sizeof(char) * Queries.Write(Login).Length));

    [Fact]
    public void Reading_a_ScreenPop_of_eight_pairs_takes_at_most_1200_bytes()
    {
        byte[] document = Xml.WriteToArray(ScreenPop);
        Assert.InRange(BytesOf(() => Assert.True(Xml.TryRead(document, out _, out _))), 1, 1200);
    }

    [Fact]
    public void Reading_CallReleased_takes_at_most_300_bytes()
    {
        byte[] document = Xml.WriteToArray(new CallReleasedEvent { SourceId = "2026-42" });
        Assert.InRange(BytesOf(() => Assert.True(Xml.TryRead(document, out _, out _))), 1, 300);
    }

    [Fact]
    public void Writing_a_ScreenPop_into_a_buffer_takes_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        Assert.Equal(0, BytesOf(() =>
        {
            output.ResetWrittenCount();
            Xml.Write(ScreenPop, output);
        }));
        Assert.Equal(Xml.WriteToString(ScreenPop), Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Checking_a_ScreenPop_of_eight_pairs_takes_at_most_1800_bytes()
    {
        Assert.Empty(ScreenPopRules.Check(ScreenPopWithoutFindings));
        Assert.InRange(BytesOf(() => ScreenPopRules.Check(ScreenPopWithoutFindings)), 1, 1800 + OfDebugBuild);
    }

    [Fact]
    public void Preparing_a_ScreenPop_takes_at_most_2300_bytes_with_the_number_rewritten()
    {
        var options = new ScreenPopRuleOptions { CallerNumber = new() { Form = CallerNumberForm.National, CountryCode = "1" } };
        Assert.Empty(ScreenPopRules.Prepare(ScreenPopWithoutFindings, options).Findings);
        Assert.InRange(BytesOf(() => ScreenPopRules.Prepare(ScreenPopWithoutFindings, options)), 1, 2300 + OfDebugBuild);
    }

    [Fact]
    public void Dispatching_takes_at_most_200_bytes_besides_the_handler()
    {
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => new ValueTask<CalloutReply>(CalloutReply.Success));
        var dispatcher = new CalloutDispatcher(handlers, new InMemoryAgentRegistry());
        var ready = new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" };
        var context = new CalloutContext { ReceivedAt = DateTimeOffset.UnixEpoch };
#pragma warning disable CA2012 // To await it would take bytes of its own.
        Assert.InRange(BytesOf(() => Assert.True(dispatcher.DispatchAsync(ready, context).IsCompletedSuccessfully)), 0, 200 + OfDebugBuild);
#pragma warning restore CA2012
    }

    /// <summary>Bytes of one run, once everything that is made once has been made.</summary>
    private static long BytesOf(Action run)
    {
        for (int i = 0; i < Runs; i++)
        {
            run();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Runs; i++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Runs;
    }
}
#endif
