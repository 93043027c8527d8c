namespace OracleCct.Stress;

/// <summary>Specifies a fault of EBS's listener.</summary>
internal enum Fault
{
    None,

    /// <summary>The port is closed most of the time.</summary>
    Down,

    /// <summary>The listener closes and opens again, and its connections break.</summary>
    Restart,

    /// <summary>The answer is slow.</summary>
    Slow,

    /// <summary>No answer arrives.</summary>
    Silent,

    ResetBeforeReading,
    ResetInTheBody,
    ResetBeforeTheAnswer,
    Answer500,
    Answer302,
    Garbage,
    HalfAnAnswer,
}
