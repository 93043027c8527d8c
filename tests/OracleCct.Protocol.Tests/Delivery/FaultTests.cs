using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Stress;
using Xunit;
using Xunit.Abstractions;

namespace OracleCct.Protocol.Tests.Delivery;

public class FaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_one_request_in_ten_failing_every_event_has_one_outcome_its_order_and_no_double(bool retryUnknown)
    {
        using var report = new StringWriter();

        IReadOnlyList<string> violations = await new FaultRun(agents: 20, calls: 5, retryUnknown, report).RunAsync().Within("the run");

        output.WriteLine(report.ToString());
        Assert.Empty(violations);
    }
}
