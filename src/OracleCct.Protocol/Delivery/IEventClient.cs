using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Sends events to EBS.</summary>
/// <remarks>An implementation must be safe to use from several threads at once.</remarks>
public interface IEventClient
{
    /// <summary>Sends one event, once.</summary>
    /// <param name="ebsAddress">Where the agent's EBS listens, as found in the <see cref="IAgentRegistry"/>.</param>
    /// <param name="cctEvent">The event.</param>
    /// <param name="cancellationToken">
    /// Cancelled before anything of the event is sent: it is not sent. Once its sending has begun, the token counts for nothing.
    /// </param>
    /// <returns>What became of it. A failure of the network is such a value, not an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ebsAddress"/> or <paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written as XML; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing was sent.</exception>
    Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default);
}
