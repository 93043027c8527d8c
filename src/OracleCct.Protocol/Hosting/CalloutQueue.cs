using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Carries callouts out: those of one agent one after another, a repeated dial once, none longer than its deadline.</summary>
internal sealed class CalloutQueue(ICalloutDispatcher dispatcher)
{
    /// <summary>Never throws.</summary>
    public async ValueTask<CalloutResult> RunAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        try
        {
            CalloutReply reply = await dispatcher.DispatchAsync(callout, context, cancellationToken).ConfigureAwait(false);
            return new(reply, reply.Failure is not null ? CalloutOutcome.Failed : reply.IsSuccess ? CalloutOutcome.Success : CalloutOutcome.Error);
        }
#pragma warning disable CA1031 // The dispatcher may be anybody's; an unanswered callout is sent again by Java's HTTP client.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(CalloutReply.Failed("The softphone could not carry out the callout.", exception), CalloutOutcome.Failed);
        }
    }
}

/// <param name="Reply">What the sender is told.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Joined">Whether it was a repetition that got the first one's reply.</param>
internal readonly record struct CalloutResult(CalloutReply Reply, CalloutOutcome Outcome, bool Joined = false);
