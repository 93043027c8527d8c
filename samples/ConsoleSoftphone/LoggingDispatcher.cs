using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Says what EBS asks, and what it is answered.</summary>
internal sealed class LoggingDispatcher(ICalloutDispatcher inner, Action<string> say) : ICalloutDispatcher
{
    public async ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
    {
        CalloutReply reply = await inner.DispatchAsync(callout, context, cancellationToken);
        say($"{Describe(callout)}: {reply.ErrorMessage ?? "done"}");
        return reply;
    }

    private static string Describe(Callout callout) => callout switch
    {
        RegisterCallout register => $"Register of {register.Agent}, events to {register.IpAddress} port {register.Port}",
        LoginCallout login => $"Login of {login.Agent} to queue {login.AgentQueue}",
        MakeCallCallout makeCall => $"MakeCall of {makeCall.Agent} to {makeCall.DialString}",
        AgentCallout other => $"{other.FunctionName} of {other.Agent}",
        CheckStatusCallout => callout.FunctionName,

        // ToString shows nothing of it that might be a password.
        _ => callout.ToString(),
    };
}
