using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Carries callouts out: those of one agent one after another, a repeated dial once, none longer than its deadline.</summary>
/// <remarks>
/// The callouts of an agent stand in a line. Who is first in a line waits for a slot, if none is free, behind the first ones of other lines; a callout without agent is a line of its own.
/// A callout leaves its place when its handler has ended, however long after the deadline that is, or at the deadline when no handler has begun.
/// </remarks>
internal sealed class CalloutQueue
{
    private const int MaxRecentDials = 1000;

    private readonly ICalloutDispatcher _dispatcher;
    private readonly CalloutEndpointOptions _options;
    private readonly ObserverHub? _observers;
    private readonly TimeProvider _time;

    /// <summary>Held by every callout two or three times. Whatever can be done without it is: above all, waking a thread of the pool.</summary>
    private readonly object _gate = new();

    private readonly Deadlines<Call> _deadlines;

    /// <summary>Who is first in the line of each agent that has one.</summary>
    private readonly Dictionary<AgentIdentity, Call> _firsts = [];

    /// <summary>Those who are first in their line and wait for a slot.</summary>
    private readonly LinkedList<Call> _ready = new();

    /// <summary>Dials that a repetition joins: those in line, and the recent ones.</summary>
    private readonly Dictionary<Callout, Call> _dials = [];

    /// <summary>Dials that have ended, the oldest first.</summary>
    private readonly Queue<Call> _recentDials = new();

    private int _running;
    private int _waiting;

    public CalloutQueue(ICalloutDispatcher dispatcher, CalloutEndpointOptions options, ObserverHub? observers, TimeProvider time)
    {
        _dispatcher = dispatcher;
        _options = options;
        _observers = observers;
        _time = time;
        _deadlines = new(_gate, _time, options.Deadline, OnDeadline);
    }

    /// <summary>Gets the lock of all that the queue holds.</summary>
    public object Gate => _gate;

    /// <summary>Gets how many of each kind the queue holds. All of them go when their callouts have ended.</summary>
    public QueueContent Content
    {
        get
        {
            lock (_gate)
            {
                return new(_firsts.Count, _ready.Count, _dials.Count, _recentDials.Count, _running, _waiting, _deadlines.Count, _deadlines.Places);
            }
        }
    }

    /// <summary>Carries a callout out when its turn comes. Its place in line is decided before this returns.</summary>
    /// <exception cref="Exception">The clock failed, which may be anybody's.</exception>
    public Turn Enter(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        var call = new Call(this, callout, context, _time.GetTimestamp());
        CancellationTokenRegistration stopping = cancellationToken.Register(static call => ((Call)call!).Queue.OnStopping((Call)call), call);
        try
        {
            Call answered = TakePlace(call, out bool starts);
            if (starts)
            {
                Start(call);
            }

            return new(call, answered, stopping);
        }
        catch
        {
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>The result when the queue or the dispatcher throws.</summary>
    public static CalloutResult Failed(Exception exception) =>
        new(CalloutReply.Failed("The softphone could not carry out the callout.", exception), CalloutOutcome.Failed);

    /// <summary>Gives a call its place.</summary>
    /// <param name="call">The call.</param>
    /// <param name="starts">Whether it has got a slot, and is to be started.</param>
    /// <returns>The call whose reply is to be given: another one, if this one repeats it.</returns>
    private Call TakePlace(Call call, out bool starts)
    {
        starts = false;
        lock (_gate)
        {
            ForgetDials(call.ArrivedAt);
            if (call.IsDial && _dials.TryGetValue(call.Callout, out Call? first))
            {
                return Join(call, first);
            }

            if (call.Task.IsCompleted)
            {
                return call;
            }

            // The clock may fail here, when nothing has changed yet.
            _deadlines.Begin(call);

            Call? ahead = call.Agent is { } agent && _firsts.TryGetValue(agent, out Call? found) ? found : null;
            bool hasSlot = ahead is null && _running < _options.MaxConcurrentCallouts;
            if (!hasSlot && IsRefused(call))
            {
                _deadlines.End(call);
                return call;
            }

            if (call.IsDial)
            {
                _dials.Add(call.Callout, call);
            }

            if (ahead is null && call.Agent is { } newcomer)
            {
                _firsts.Add(newcomer, call);
            }

            if (hasSlot)
            {
                _running++;
                starts = true;
                return call;
            }

            Wait(call);
            call.Place = (ahead is null ? _ready : ahead.Followers ??= new()).AddLast(call);
            return call;
        }
    }

    /// <remarks>No deadline of its own is needed: the reply to the first is given by the first's, which is earlier.</remarks>
    private Call Join(Call call, Call first)
    {
        if (first.Task.IsCompleted)
        {
            return first;
        }

        if (IsRefused(call))
        {
            return call;
        }

        Wait(call);
        return first;
    }

    private void EndJoining(Call call)
    {
        lock (_gate)
        {
            _waiting -= call.IsWaiting ? 1 : 0;
        }
    }

    /// <summary>Whether so many wait that one more may not. It is told so.</summary>
    private bool IsRefused(Call call)
    {
        if (_waiting < _options.MaxWaitingCallouts)
        {
            return false;
        }

        _ = call.TrySetResult(new(CalloutReply.Error($"{call.Name} was not carried out: too many callouts are waiting."), CalloutOutcome.Busy));
        return true;
    }

    private void Wait(Call call)
    {
        _waiting++;
        call.IsWaiting = true;
    }

    /// <summary>Gives a call that has a slot to the thread pool: to the queue of all its threads, since the caller's own would take the last one first, and none when it blocks.</summary>
    private static void Start(Call call) => ThreadPool.UnsafeQueueUserWorkItem(static call => ((Call)call!).Queue.Begin((Call)call), call);

    /// <summary>What runs on the thread pool.</summary>
    private void Begin(Call call)
    {
        bool isLate;
        lock (_gate)
        {
            isLate = call.Task.IsCompleted;
            call.HasBegun = !isLate;
        }

        // The pool may have been busy for longer than the deadline.
        if (isLate)
        {
            EndRunning(call);
            return;
        }

        if (call.TakeExecutionContext() is { } executionContext)
        {
            ExecutionContext.Run(executionContext, static call => _ = ((Call)call!).Queue.CarryOutAsync((Call)call), call);
        }
        else
        {
            _ = CarryOutAsync(call);
        }
    }

    private async Task CarryOutAsync(Call call)
    {
        CalloutResult result;
        try
        {
            CalloutReply reply = await _dispatcher.DispatchAsync(call.Callout, call.Context, call.CancellationToken).ConfigureAwait(false);
            result = new(reply, reply.Failure is not null ? CalloutOutcome.Failed : reply.IsSuccess ? CalloutOutcome.Success : CalloutOutcome.Error);
        }
#pragma warning disable CA1031 // The dispatcher may be anybody's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = Failed(exception);
        }

        // Whoever is told asks again at once, perhaps: the end is noted before.
        EndRunning(call);
        if (!call.TrySetResult(result))
        {
            Report(call, $"{call.Title} ended after its deadline, with the outcome {result.Outcome}. EBS had been told that it did not finish.", result.Reply.Failure);
        }
    }

    /// <summary>The slot goes to who has waited longest. While anybody is ready, no slot is free: so it is one for one.</summary>
    private void EndRunning(Call call)
    {
        Call? next;
        lock (_gate)
        {
            _deadlines.End(call);
            PassOn(call);
            RememberDial(call);
            next = _ready.First?.Value;
            if (next is null)
            {
                _running--;
            }
            else
            {
                StopWaiting(next);
            }
        }

        if (next is not null)
        {
            Start(next);
        }
    }

    /// <summary>The next in line becomes the first.</summary>
    private void PassOn(Call call)
    {
        if (call.Agent is not { } agent)
        {
            return;
        }

        if (call.Followers is not { First: { Value: var next } node } followers)
        {
            _ = _firsts.Remove(agent);
            return;
        }

        followers.Remove(node);
        next.Followers = followers;
        call.Followers = null;
        _firsts[agent] = next;
        next.Place = _ready.AddLast(next);
    }

    /// <summary>Takes a call that waits from its place. One that has no place has got a slot, and leaves by <see cref="Begin"/>.</summary>
    private void Leave(Call call)
    {
        if (call.Place is not { List: { } line })
        {
            return;
        }

        _deadlines.End(call);
        StopWaiting(call);
        if (line == _ready)
        {
            PassOn(call);
        }

        RememberDial(call);
    }

    private void StopWaiting(Call call)
    {
        call.Place!.List!.Remove(call.Place);
        call.Place = null;
        call.IsWaiting = false;
        _waiting--;
    }

    private void OnDeadline(Call call)
    {
        lock (_gate)
        {
            if (!call.TrySetResult(new(CalloutReply.Error(WhyTimedOut(call)), CalloutOutcome.TimedOut)))
            {
                return;
            }

            if (!call.HasBegun)
            {
                Leave(call);
                return;
            }
        }

        Cancel(call);
    }

    private string WhyTimedOut(Call call)
    {
        double seconds = _options.Deadline.TotalSeconds;
        return call.HasBegun ? FormattableString.Invariant($"The softphone did not finish {call.Name} within {seconds} seconds.")
            : call.Agent is { } agent && _firsts.TryGetValue(agent, out Call? first) && first != call
                ? $"{call.Name} was not carried out: an earlier callout of the agent has not ended."
            : FormattableString.Invariant($"{call.Name} was not carried out: the softphone had no time for it within {seconds} seconds.");
    }

    /// <summary>The host stops. A handler that has begun may still give its answer.</summary>
    private void OnStopping(Call call)
    {
        lock (_gate)
        {
            if (!call.HasBegun)
            {
                if (call.TrySetResult(new(CalloutReply.Error($"{call.Name} was not carried out: the softphone is shutting down."), CalloutOutcome.Error)))
                {
                    Leave(call);
                }

                return;
            }
        }

        Cancel(call);
    }

    /// <summary>Cancels the handler's token on the thread pool, since what the handler has tied to it may block or throw.</summary>
    private static void Cancel(Call call) => ThreadPool.UnsafeQueueUserWorkItem(
        static call =>
        {
            try
            {
                ((Call)call!).Cancel();
            }
            catch (AggregateException exception)
            {
                ((Call)call!).Queue.Report((Call)call, $"What the handler of {((Call)call).Title} does when its token is cancelled has thrown.", exception);
            }
        },
        call);

    private void Report(Call call, string message, Exception? exception) => _observers?.Publish(new ProblemObservation
    {
        At = call.Context.ReceivedAt,
        Duration = _time.ElapsedOrZero(call.ArrivedAt),
        Message = message,
        Exception = exception,
    });

    private void RememberDial(Call call)
    {
        if (!call.IsDial)
        {
            return;
        }

        if (_options.RepeatWindow == TimeSpan.Zero)
        {
            _ = _dials.Remove(call.Callout);
            return;
        }

        _ = call.TakeExecutionContext();
        call.EndedAt = Now();
        _recentDials.Enqueue(call);
        if (_recentDials.Count > MaxRecentDials)
        {
            _ = _dials.Remove(_recentDials.Dequeue().Callout);
        }
    }

    private long Now()
    {
        try
        {
            return _time.GetTimestamp();
        }
#pragma warning disable CA1031 // The clock may be anybody's, and the agent's next callout must have its turn. A dial that ended at no time is soon forgotten.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 0;
        }
    }

    private void ForgetDials(long now)
    {
        while (_recentDials.Count > 0 && _time.GetElapsedTime(_recentDials.Peek().EndedAt, now) > _options.RepeatWindow)
        {
            _ = _dials.Remove(_recentDials.Dequeue().Callout);
        }
    }

    /// <summary>What becomes of a callout. To be disposed when the result is there.</summary>
    public readonly struct Turn(Call call, Call answered, CancellationTokenRegistration stopping) : IDisposable
    {
        public Task<CalloutResult> Result => answered.Task;

        /// <summary>Whether it repeats another one, whose result it gets.</summary>
        public bool IsJoined => answered != call;

        public void Dispose()
        {
            stopping.Dispose();
            if (IsJoined)
            {
                call.Queue.EndJoining(call);
            }
        }
    }

    /// <summary>A callout, and its result once that is certain. Its place is guarded by the queue's gate.</summary>
#pragma warning disable CA1001 // The source of the token is not disposed: a handler may have handed its token on to what outlives it.
    internal sealed class Call(CalloutQueue queue, Callout callout, CalloutContext context, long arrivedAt)
#pragma warning restore CA1001
        : TaskCompletionSource<CalloutResult>(TaskCreationOptions.RunContinuationsAsynchronously), IWatched
    {
        private readonly CancellationTokenSource _cancellation = new();

        private ExecutionContext? _executionContext = ExecutionContext.Capture();

        public CalloutQueue Queue => queue;

        public Callout Callout => callout;

        public CalloutContext Context => context;

        public long ArrivedAt => arrivedAt;

        long IWatched.Since => arrivedAt;

        long IWatched.Place { get; set; }

        /// <summary>When a dial left its line. Zero before.</summary>
        public long EndedAt { get; set; }

        public AgentIdentity? Agent { get; } = AgentOf(callout);

        public bool IsDial => callout is MakeCallCallout or DialCanonicalCallout;

        public string Name => callout is UnknownCallout unknown ? $"\"{unknown.ShownName}\"" : callout.FunctionName;

        public string Title => Agent is { } agent ? $"{Name} of {agent}" : Name;

        public CancellationToken CancellationToken => _cancellation.Token;

        /// <summary>Whether it counts among those who wait.</summary>
        public bool IsWaiting { get; set; }

        /// <summary>Whether the handler has been called.</summary>
        public bool HasBegun { get; set; }

        /// <summary>Where it waits: behind the first of its line, or for a slot. Null: nowhere.</summary>
        public LinkedListNode<Call>? Place { get; set; }

        /// <summary>The rest of the line, when this is its first.</summary>
        public LinkedList<Call>? Followers { get; set; }

        public void Cancel() => _cancellation.Cancel();

        /// <summary>What flows with the request, such as the current activity, so that a turn that comes by another's end does not inherit the other's.</summary>
        public ExecutionContext? TakeExecutionContext()
        {
            ExecutionContext? taken = _executionContext;
            _executionContext = null;
            return taken;
        }

        private static AgentIdentity? AgentOf(Callout callout) => callout switch
        {
            AgentCallout agentCallout => agentCallout.Agent,
            UnknownCallout { ExtraFields: { Count: > 0 } fields } when fields.Find("telesetNumber") is { } telesetNumber && fields.Find("agentID") is { } agentId =>
                new(telesetNumber, agentId),
            _ => null,
        };
    }
}

/// <param name="Reply">What the sender is told.</param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct CalloutResult(CalloutReply Reply, CalloutOutcome Outcome);

/// <summary>What a <see cref="CalloutQueue"/> holds at one moment.</summary>
internal readonly record struct QueueContent(int Agents, int Ready, int Dials, int RecentDials, int Running, int Waiting, int Watched, int WatchPlaces);
