namespace OracleCct.Protocol;

/// <summary>The library's traces and metrics, where the platform has them in the box.</summary>
internal static class Telemetry
{
    public const string Name = "OracleCct.Protocol";
}
