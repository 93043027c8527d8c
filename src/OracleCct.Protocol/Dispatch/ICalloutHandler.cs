using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Carries out one kind of callout.</summary>
/// <typeparam name="TCallout">
/// The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>, or <see cref="UnknownCallout"/> for all unknown functions.
/// </typeparam>
public interface ICalloutHandler<in TCallout>
    where TCallout : Callout
{
    /// <summary>Carries out the callout. It may be called for several callouts at the same time.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="context">The facts about the request.</param>
    /// <param name="cancellationToken">Cancelled at the deadline of the callout, and when the host stops.</param>
    /// <returns>
    /// The reply to EBS. An exception becomes an Error reply with a general sentence, since agents should not see the exception's text.
    /// </returns>
    ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken);
}
