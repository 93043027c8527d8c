using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Specifies where a run is among the lanes.</summary>
internal enum LanePlace
{
    /// <summary>It has not entered.</summary>
    Outside,

    /// <summary>It waits behind another run of its agent.</summary>
    Behind,

    /// <summary>It is the first of its agent and waits for a slot.</summary>
    Ready,

    /// <summary>It has a slot.</summary>
    Running,

    /// <summary>It waits for the result of the dial that it repeats.</summary>
    Joined,

    /// <summary>It has left. A queue may still hold it, until it would be its turn.</summary>
    Gone,
}

/// <summary>
/// Decides which callouts run: those of one agent one after another, in the order of arrival, and never more than a number at once. Slots go to the first
/// runs of the agents, in the order in which they became first. A callout without an agent waits for a slot only.
/// </summary>
/// <remarks>Not safe to use from several threads at once: <see cref="CalloutQueue"/> holds its lock.</remarks>
/// <param name="maxRunning">How many runs have a slot at the same time.</param>
/// <param name="maxWaiting">How many runs wait at the same time.</param>
internal sealed class AgentLanes(int maxRunning, int maxWaiting)
{
    /// <summary>The agents with a run that is first, and the runs behind it; null for none.</summary>
    private readonly Dictionary<AgentIdentity, Queue<CalloutRun>?> _lanes = [];

    /// <summary>The first runs that wait for a slot.</summary>
    private readonly Queue<CalloutRun> _ready = new();

    /// <summary>Gets how many agents have a run.</summary>
    public int Lanes => _lanes.Count;

    /// <summary>Gets how many runs the queue for a slot holds, those included that have left.</summary>
    public int Ready => _ready.Count;

    /// <summary>Gets how many runs have a slot.</summary>
    public int Running { get; private set; }

    /// <summary>Gets how many runs wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gives a run its place.</summary>
    /// <returns>False if too many runs are waiting.</returns>
    public bool TryEnter(CalloutRun run)
    {
        Queue<CalloutRun>? lane = null;
        bool isBehind = run.Agent is { } agent && _lanes.TryGetValue(agent, out lane);
        bool hasSlot = !isBehind && Running < maxRunning;
        if (!hasSlot && !TryWait(run, isBehind ? LanePlace.Behind : LanePlace.Ready))
        {
            return false;
        }

        if (isBehind)
        {
            (lane ?? (_lanes[run.Agent!.Value] = new())).Enqueue(run);
            return true;
        }

        if (run.Agent is { } newcomer)
        {
            _lanes.Add(newcomer, null);
        }

        if (hasSlot)
        {
            Running++;
            run.Place = LanePlace.Running;
        }
        else
        {
            _ready.Enqueue(run);
        }

        return true;
    }

    /// <summary>Counts a repeated dial among the waiting runs.</summary>
    /// <returns>False if too many runs are waiting.</returns>
    public bool TryJoin(CalloutRun run) => TryWait(run, LanePlace.Joined);

    /// <summary>Ends the wait of a repeated dial. Does nothing if it did not wait.</summary>
    public void EndJoin(CalloutRun run)
    {
        if (run.Place == LanePlace.Joined)
        {
            StopWaiting(run, LanePlace.Gone);
        }
    }

    /// <summary>Withdraws a run that waits for its turn. Does nothing if it does not.</summary>
    /// <returns>Its place until now.</returns>
    public LanePlace Withdraw(CalloutRun run)
    {
        LanePlace place = run.Place;
        if (place is LanePlace.Behind or LanePlace.Ready)
        {
            StopWaiting(run, LanePlace.Gone);
            if (place == LanePlace.Ready)
            {
                PassOn(run);
                DropGone(_ready);
            }
            else
            {
                DropGone(_lanes[run.Agent!.Value]!);
            }
        }

        return place;
    }

    /// <summary>Ends a run, and gives its slot to the run that has been ready for longest.</summary>
    /// <returns>The run that has the slot now. Null if none is ready.</returns>
    public CalloutRun? Leave(CalloutRun run)
    {
        run.Place = LanePlace.Gone;
        PassOn(run);
        DropGone(_ready);
        if (_ready.Count == 0)
        {
            Running--;
            return null;
        }

        CalloutRun next = _ready.Dequeue();
        StopWaiting(next, LanePlace.Running);
        return next;
    }

    private bool TryWait(CalloutRun run, LanePlace place)
    {
        if (Waiting >= maxWaiting)
        {
            return false;
        }

        Waiting++;
        run.Place = place;
        return true;
    }

    private void StopWaiting(CalloutRun run, LanePlace next)
    {
        Waiting--;
        run.Place = next;
    }

    /// <summary>Makes the next run of the agent its first.</summary>
    private void PassOn(CalloutRun run)
    {
        if (run.Agent is not { } agent)
        {
            return;
        }

        Queue<CalloutRun>? lane = _lanes[agent];
        if (lane is not null)
        {
            DropGone(lane);
        }

        if (lane is { Count: > 0 })
        {
            CalloutRun next = lane.Dequeue();
            next.Place = LanePlace.Ready;
            _ready.Enqueue(next);
        }
        else
        {
            _ = _lanes.Remove(agent);
        }
    }

    /// <summary>Skips the runs that have left. Deadlines pass in the order of arrival, so a queue holds few of them behind others.</summary>
    private static void DropGone(Queue<CalloutRun> queue)
    {
        while (queue.Count > 0 && queue.Peek().Place == LanePlace.Gone)
        {
            _ = queue.Dequeue();
        }
    }
}
