using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents a way to send events to EBS.</summary>
/// <remarks>An implementation must be safe to use from several threads at once.</remarks>
public interface IEventClient
{
    /// <summary>Sends an event once.</summary>
    /// <param name="ebsAddress">Where the agent's EBS listens, as found in the <see cref="IAgentRegistry"/>.</param>
    /// <param name="cctEvent">The event.</param>
    /// <param name="cancellationToken">Withdraws the event, as long as nothing of it was sent. After that, the token has no effect.</param>
    /// <returns>The outcome. A failure of the network is an outcome, not an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ebsAddress"/> or <paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written as XML. Nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing was sent.</exception>
    Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default);
}
