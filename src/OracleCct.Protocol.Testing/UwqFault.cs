namespace OracleCct.Protocol.Testing;

/// <summary>What goes wrong with the listener of an agent, from when it is set until it is set back to <see cref="None"/>.</summary>
public enum UwqFault
{
    /// <summary>Nothing: events are taken and answered with 200.</summary>
    None,

    /// <summary>Nobody listens: connections are refused. A softphone may send the event again.</summary>
    Down,

    /// <summary>Events are taken, and answered after <see cref="UwqSimulatorOptions.SlowAnswerDelay"/>.</summary>
    Slow,

    /// <summary>Events are taken, and never answered. In memory the wait is left out: the outcome is unknown at once.</summary>
    Silent,

    /// <summary>Connections are reset before the event is read. It is not taken, but a softphone cannot know that.</summary>
    Reset,

    /// <summary>Events are read and answered with status 500. They are not taken.</summary>
    Status500,

    /// <summary>Events are taken, and the connection ends in the middle of the answer's first line.</summary>
    HalfAnswer,
}
