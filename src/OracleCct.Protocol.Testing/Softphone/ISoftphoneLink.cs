using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Sends callouts to the softphone.</summary>
internal interface ISoftphoneLink : IDisposable
{
    /// <summary>Sends a callout once.</summary>
    /// <param name="query">What follows the question mark, exactly as it crosses the wire.</param>
    /// <param name="anew">Whether to open a new connection instead of using one that was kept.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    Task<CalloutAttempt> SendAsync(string query, bool anew, CancellationToken cancellationToken);
}

/// <summary>Specifies how an attempt to send a callout ended.</summary>
internal enum AttemptEnd
{
    Answered,
    NotConnected,

    /// <summary>The connection ended before the first byte of an answer: Java sends again.</summary>
    Dead,

    /// <summary>The answer broke off, or was not HTTP.</summary>
    Broken,
}

/// <param name="End">How it ended.</param>
/// <param name="StatusCode">The HTTP status, as far as the answer came.</param>
/// <param name="Body">The body.</param>
/// <param name="Trouble">Why there is no answer.</param>
/// <param name="Redirect">Where Java's client would send the callout next; null when it would not.</param>
internal sealed record CalloutAttempt(AttemptEnd End, int? StatusCode = null, string Body = "", string? Trouble = null, Uri? Redirect = null);
