using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Finds the handler of a callout and calls it.</summary>
/// <remarks>An implementation must be safe to use from several threads at once.</remarks>
public interface ICalloutDispatcher
{
    /// <summary>Carries out a callout.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="context">The facts about the request.</param>
    /// <param name="cancellationToken">The token of the handler.</param>
    /// <returns>The reply to EBS.</returns>
    ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default);
}
