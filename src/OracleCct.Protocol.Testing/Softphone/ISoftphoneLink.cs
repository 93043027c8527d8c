using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>The way of callouts to the softphone.</summary>
internal interface ISoftphoneLink : IDisposable
{
    /// <summary>Sends a callout once.</summary>
    /// <param name="query">What follows the question mark, as it is to cross the wire.</param>
    /// <param name="anew">Not on a connection that was kept.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    Task<CalloutAttempt> SendAsync(string query, bool anew, CancellationToken cancellationToken);
}

/// <summary>How the sending of a callout ended.</summary>
internal enum AttemptEnd
{
    Answered,
    NotConnected,

    /// <summary>The connection ended before the first byte of an answer: Java sends again.</summary>
    Dead,

    /// <summary>The answer broke off, or was no HTTP.</summary>
    Broken,
}

/// <param name="End">How it ended.</param>
/// <param name="StatusCode">The HTTP status, as far as the answer came.</param>
/// <param name="Body">The body.</param>
/// <param name="Trouble">Why there is no answer.</param>
/// <param name="Redirect">Where Java's client would turn next. Null: nowhere.</param>
internal sealed record CalloutAttempt(AttemptEnd End, int? StatusCode = null, string Body = "", string? Trouble = null, Uri? Redirect = null);
