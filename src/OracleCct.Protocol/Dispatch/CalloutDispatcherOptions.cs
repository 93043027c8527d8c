using System;

namespace OracleCct.Protocol;

/// <summary>How a <see cref="CalloutDispatcher"/> works.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutDispatcherOptions
{
    /// <summary>
    /// Called when a handler or the registry throws. EBS gets an Error reply with a general sentence: this is where the softphone's own log learns what happened.
    /// It may be called from several threads at once; what it throws itself is dropped.
    /// </summary>
    /// <value>Null by default: nobody is told.</value>
    public Action<Callout, Exception>? OnFailure { get; init; }
}
