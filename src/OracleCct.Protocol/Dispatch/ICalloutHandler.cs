using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Carries out one kind of callout.</summary>
/// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>, or <see cref="UnknownCallout"/> for all unknown functions.</typeparam>
public interface ICalloutHandler<in TCallout>
    where TCallout : Callout
{
    /// <summary>Carries out the callout. It may be called for several callouts at once.</summary>
    /// <param name="callout">What EBS asks.</param>
    /// <param name="context">What is known about the request besides.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more, as when the host shuts down.</param>
    /// <returns>
    /// What EBS is told. An exception becomes an Error reply with a general sentence, since its own text may hold what agents should not see.
    /// </returns>
    ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken);
}
