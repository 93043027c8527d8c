using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Finds the handler of a callout and lets it carry the callout out.</summary>
/// <remarks>An implementation must be safe to use from several threads at once.</remarks>
public interface ICalloutDispatcher
{
    /// <summary>Carries out a callout.</summary>
    /// <param name="callout">What EBS asks.</param>
    /// <param name="context">What is known about the request besides.</param>
    /// <param name="cancellationToken">Handed on to the handler.</param>
    /// <returns>What EBS is told.</returns>
    ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default);
}
