using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Dials the number of a callout.</summary>
internal sealed class Dialler(Softphone softphone) : ICalloutHandler<MakeCallCallout>, ICalloutHandler<DialCanonicalCallout>
{
    public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
        Dial(callout.Agent, callout.DialString);

    public ValueTask<CalloutReply> HandleAsync(DialCanonicalCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
        Dial(callout.Agent, callout.DialString ?? "");

    private ValueTask<CalloutReply> Dial(AgentIdentity agent, string number) =>
        new(softphone.Switch.Dial(agent, number) is { } problem ? CalloutReply.Error(problem) : CalloutReply.Success);
}
