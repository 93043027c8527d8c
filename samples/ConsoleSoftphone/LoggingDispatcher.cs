using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Writes each callout with its reply for the user.</summary>
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

        // ToString hides everything that can be a password.
        _ => callout.ToString(),
    };
}
