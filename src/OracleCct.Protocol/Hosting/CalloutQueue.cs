using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Carries out callouts: those of one agent one after another, a repeated dial once, each within its deadline. <see cref="AgentLanes"/> decides which run,
/// <see cref="DialMemory"/> which are repeated, and <see cref="CalloutRun"/> is one of them.
/// </summary>
/// <remarks>
/// Safe to use from several threads. A callout that has begun leaves its place when its handler ends, however long after the deadline. One that has not begun
/// leaves it at the deadline.
/// </remarks>
internal sealed class CalloutQueue(ICalloutDispatcher dispatcher, CalloutEndpointOptions options, ObserverHub? observers, TimeProvider timeProvider)
{
    private readonly AgentLanes _lanes = new(options.MaxConcurrentCallouts, options.MaxWaitingCallouts);
    private readonly DialMemory _dials = new(timeProvider, options.RepeatWindow);

    /// <summary>
    /// Guards the lanes and the dials. Every callout takes it twice, so it is held for bookkeeping only: no thread of the pool is woken under it.
    /// </summary>
    private readonly object _gate = new();

    /// <summary>Gets how much the queue holds, for tests.</summary>
    internal QueueCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new(_lanes.Lanes, _lanes.Ready, _lanes.Running, _lanes.Waiting, _dials.Count, _dials.EndedCount);
            }
        }
    }

    /// <summary>Carries out a callout when its turn comes. Its place in the order of its agent is decided before this returns.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="context">The facts about its request.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    public Turn Enter(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        var run = new CalloutRun(this, callout, context, timeProvider.GetTimestamp());
        CancellationTokenRegistration stopping = cancellationToken.Register(static run => ((CalloutRun)run!).Queue.OnStopping((CalloutRun)run), run);

        // Before the lock is taken, since setting a timer takes a lock of the platform's.
        run.StartDeadline(timeProvider, options.Deadline);
        CalloutRun answering;
        bool starts;
        bool isOutside;
        lock (_gate)
        {
            answering = Admit(run);
            starts = run.Place == LanePlace.Running;
            isOutside = run.Place is LanePlace.Outside or LanePlace.Joined;
        }

        if (isOutside)
        {
            // A repetition needs no deadline of its own: the first one's is earlier.
            run.Release();
        }

        if (starts)
        {
            Start(run);
        }

        return new(run, answering, stopping);
    }

    /// <summary>Ends a callout at its deadline, unless it has its result.</summary>
    public void OnDeadline(CalloutRun run)
    {
        double seconds = options.Deadline.TotalSeconds;
        if (run.TryAbandon())
        {
            string why = Withdraw(run) == LanePlace.Behind
                ? "an earlier callout of the agent has not ended"
                : FormattableString.Invariant($"the softphone was too busy to start it within {seconds} seconds");
            run.SetResult(CalloutResult.NotCarriedOut(run.Callout, why, CalloutOutcome.TimedOut));
        }
        else if (run.HasBegun)
        {
            string message = FormattableString.Invariant($"The softphone did not finish {run.Callout.DisplayName} within {seconds} seconds.");
            if (run.TrySetResult(new(CalloutReply.Error(message), CalloutOutcome.TimedOut)))
            {
                CancelHandler(run);
            }
        }
    }

    /// <summary>Gives a run its place, or its result.</summary>
    /// <returns>The run whose result counts: another one if this one repeats it.</returns>
    private CalloutRun Admit(CalloutRun run)
    {
        if (_dials.FindFirst(run) is { } first)
        {
            return first.Task.IsCompleted || _lanes.TryJoin(run) ? first : RefuseBusy(run);
        }

        if (run.IsAbandoned)
        {
            return run;
        }

        if (!_lanes.TryEnter(run))
        {
            return RefuseBusy(run);
        }

        _dials.Add(run);
        return run;
    }

    private static CalloutRun RefuseBusy(CalloutRun run)
    {
        // One that the host has stopped may have its result.
        _ = run.TrySetResult(CalloutResult.NotCarriedOut(run.Callout, "too many callouts are waiting", CalloutOutcome.Busy));
        return run;
    }

    /// <summary>
    /// Starts a run on the queue that all threads of the pool share: the caller's own would run the last one first, and none while it blocks.
    /// </summary>
    private static void Start(CalloutRun run) => ThreadPool.UnsafeQueueUserWorkItem(static run => ((CalloutRun)run!).Queue.Begin((CalloutRun)run), run);

    private void Begin(CalloutRun run)
    {
        if (run.TryBegin())
        {
            run.RunInContext(static run => _ = ((CalloutRun)run!).Queue.DispatchAsync((CalloutRun)run));
        }
        else
        {
            // The pool was busy for longer than the deadline.
            End(run);
        }
    }

    private async Task DispatchAsync(CalloutRun run)
    {
        CalloutResult result;
        try
        {
            result = CalloutResult.Of(await dispatcher.DispatchAsync(run.Callout, run.Context, run.CancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // The dispatcher may be the user's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = CalloutResult.Of(exception);
        }

        // The sender may ask again as soon as it has the result, so the run ends before.
        End(run);
        if (!run.TrySetResult(result))
        {
            string message = $"{run.Title} ended after its deadline, with the outcome {result.Outcome}. EBS had been told that it did not finish.";
            Report(run, message, result.Reply.Failure);
        }
    }

    private void End(CalloutRun run)
    {
        run.Release();
        CalloutRun? next;
        lock (_gate)
        {
            _dials.End(run);
            next = _lanes.Leave(run);
        }

        if (next is not null)
        {
            Start(next);
        }
    }

    /// <summary>Takes an abandoned run from its place. One that has a slot leaves by <see cref="Begin"/>.</summary>
    private LanePlace Withdraw(CalloutRun run)
    {
        run.Release();
        lock (_gate)
        {
            LanePlace place = _lanes.Withdraw(run);
            if (place is LanePlace.Behind or LanePlace.Ready)
            {
                _dials.End(run);
            }

            return place;
        }
    }

    /// <summary>Abandons a run when the host stops. A handler that has begun may still give its reply.</summary>
    private void OnStopping(CalloutRun run)
    {
        if (run.TryAbandon())
        {
            _ = Withdraw(run);
            _ = run.TrySetResult(CalloutResult.NotCarriedOut(run.Callout, "the softphone is shutting down", CalloutOutcome.Error));
        }
        else if (run.HasBegun)
        {
            CancelHandler(run);
        }
    }

    /// <summary>Cancels the token of a handler on the thread pool, since the callbacks that the handler has registered may block or throw.</summary>
    private static void CancelHandler(CalloutRun run) => ThreadPool.UnsafeQueueUserWorkItem(
        static run =>
        {
            try
            {
                ((CalloutRun)run!).Cancel();
            }
            catch (AggregateException exception)
            {
                ((CalloutRun)run!).Queue.Report((CalloutRun)run, $"A callback on the token of the handler of {((CalloutRun)run).Title} has thrown.", exception);
            }
        },
        run);

    private void Report(CalloutRun run, string message, Exception? exception)
    {
        var problem = new ProblemObservation
        {
            At = run.Context.ReceivedAt,
            Duration = timeProvider.GetElapsedTime(run.ArrivedAt),
            Message = message,
            Exception = exception,
        };
        CctDiagnostics.Write(problem, CalloutSecrets.Of(run.Callout));
        observers?.Publish(problem);
    }

    private void EndJoin(CalloutRun run)
    {
        lock (_gate)
        {
            _lanes.EndJoin(run);
        }
    }

    /// <summary>Represents the wait for a callout's result. Dispose it when the result is there.</summary>
    public readonly struct Turn(CalloutRun run, CalloutRun answering, CancellationTokenRegistration stopping) : IDisposable
    {
        public Task<CalloutResult> Result => answering.Task;

        /// <summary>Gets whether the callout repeats another one, whose result it gets.</summary>
        public bool IsJoined => answering != run;

        public void Dispose()
        {
            stopping.Dispose();
            if (IsJoined)
            {
                run.Queue.EndJoin(run);
            }
        }
    }
}

/// <summary>Represents how much a <see cref="CalloutQueue"/> holds.</summary>
/// <param name="Lanes">The agents with a run.</param>
/// <param name="Ready">The runs in the queue for a slot, those included that have left but are still held.</param>
/// <param name="Running">The runs with a slot.</param>
/// <param name="Waiting">The waiting runs, repeated dials included.</param>
/// <param name="Dials">The remembered dials.</param>
/// <param name="EndedDials">The remembered dials that have ended.</param>
internal readonly record struct QueueCounts(int Lanes, int Ready, int Running, int Waiting, int Dials, int EndedDials);
