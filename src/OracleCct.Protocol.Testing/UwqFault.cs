namespace OracleCct.Protocol.Testing;

/// <summary>Specifies a fault of an agent's listener, which lasts until it is set back to <see cref="None"/>.</summary>
public enum UwqFault
{
    /// <summary>No fault: events are accepted and answered with 200.</summary>
    None,

    /// <summary>The listener is closed, so connections are refused. A softphone may send the event again.</summary>
    Down,

    /// <summary>Events are accepted, and answered after <see cref="UwqSimulatorOptions.SlowAnswerDelay"/>.</summary>
    Slow,

    /// <summary>Events are accepted, but never answered. In memory there is no wait: the outcome is unknown at once.</summary>
    Silent,

    /// <summary>Connections are reset before the event is read. It is not accepted, but a softphone cannot know that.</summary>
    Reset,

    /// <summary>Events are read and answered with status 500. They are not accepted.</summary>
    Status500,

    /// <summary>Events are accepted, and the connection ends in the middle of the answer's first line.</summary>
    HalfAnswer,
}
