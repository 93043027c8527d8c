namespace OracleCct.Protocol;

/// <summary>Which requests may be callouts.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutGuardOptions
{
    /// <summary>Whether every other method than GET is refused.</summary>
    /// <value>True by default.</value>
    public bool RequireGet { get; init; } = true;
}
