namespace OracleCct.Stress;

/// <summary>What can be wrong with EBS's listener.</summary>
internal enum Fault
{
    None,

    /// <summary>The port is closed most of the time.</summary>
    Down,

    /// <summary>The listener closes and opens again, and its connections break.</summary>
    Restart,

    /// <summary>The answer takes its time.</summary>
    Slow,

    /// <summary>No answer ever comes.</summary>
    Silent,

    ResetBeforeReading,
    ResetInTheBody,
    ResetBeforeTheAnswer,
    Answer500,
    Answer302,
    Garbage,
    HalfAnAnswer,
}
