using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents one run of a callout: its result, its deadline, and the token and the execution context of its handler.</summary>
/// <remarks>Safe to use from several threads, except <see cref="Place"/>.</remarks>
#pragma warning disable CA1001 // The source of the token is not disposed: a handler may have passed its token to something that outlives it.
internal sealed class CalloutRun(CalloutQueue queue, Callout callout, CalloutContext context, long arrivedAt)
#pragma warning restore CA1001
    : TaskCompletionSource<CalloutResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Abandoned = 2;

    private readonly CancellationTokenSource _cancellation = new();

    private ExecutionContext? _executionContext = ExecutionContext.Capture();
    private ITimer? _deadline;
    private int _state = Waiting;

    public CalloutQueue Queue => queue;

    public Callout Callout => callout;

    public CalloutContext Context => context;

    /// <summary>Gets when the callout arrived, as a timestamp of the clock.</summary>
    public long ArrivedAt => arrivedAt;

    /// <summary>Gets the agent whose callouts run one after another. Null if the callout names none.</summary>
    public AgentIdentity? Agent => callout switch
    {
        AgentCallout agentCallout => agentCallout.Agent,
        UnknownCallout { ExtraFields: { Count: > 0 } fields } when fields.Find("telesetNumber") is { } telesetNumber && fields.Find("agentID") is { } agentId =>
            new(telesetNumber, agentId),
        _ => null,
    };

    /// <summary>Gets or sets the place among the lanes. Only <see cref="AgentLanes"/> sets it.</summary>
    public LanePlace Place { get; set; }

    /// <summary>Gets the callout and its agent, for messages.</summary>
    public string Title => Agent is { } agent ? $"{callout.DisplayName} of {agent}" : callout.DisplayName;

    /// <summary>Gets the token of the handler.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    public bool HasBegun => Volatile.Read(ref _state) == Begun;

    public bool IsAbandoned => Volatile.Read(ref _state) == Abandoned;

    /// <summary>Begins the run, unless it was abandoned.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Abandons the run, unless it has begun: a handler that has begun is only cancelled.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    /// <summary>Watches the deadline until <see cref="Release"/>.</summary>
    public void StartDeadline(TimeProvider timeProvider, TimeSpan limit) => _deadline = timeProvider.CreateTimer(
        static run => ((CalloutRun)run!).Queue.OnDeadline((CalloutRun)run), this, limit, Timeout.InfiniteTimeSpan);

    /// <summary>Calls back in the execution context of the request, so that nothing flows into it from another run, such as the current activity.</summary>
    public void RunInContext(ContextCallback callback)
    {
        if (_executionContext is { } executionContext)
        {
            _executionContext = null;
            ExecutionContext.Run(executionContext, callback, this);
        }
        else
        {
            callback(this);
        }
    }

    /// <summary>Releases the deadline and the execution context: a dial is remembered after its end.</summary>
    public void Release()
    {
        _executionContext = null;
        _deadline?.Dispose();
    }

    /// <summary>Cancels the token of the handler.</summary>
    /// <exception cref="AggregateException">A callback that the handler has registered throws.</exception>
    public void Cancel() => _cancellation.Cancel();
}

/// <summary>Represents the reply to a callout, and its outcome.</summary>
/// <param name="Reply">The reply to the sender.</param>
/// <param name="Outcome">The outcome for the observers.</param>
internal readonly record struct CalloutResult(CalloutReply Reply, CalloutOutcome Outcome)
{
    /// <summary>Returns the result of a callout whose handler has replied.</summary>
    public static CalloutResult Of(CalloutReply reply) =>
        new(reply, reply.Failure is not null ? CalloutOutcome.Failed : reply.IsSuccess ? CalloutOutcome.Success : CalloutOutcome.Error);

    /// <summary>Returns the result of a callout whose dispatcher has thrown.</summary>
    public static CalloutResult Of(Exception exception) => Of(CalloutReply.Failed("The softphone could not carry out the callout.", exception));

    /// <summary>Returns the result of a callout that has not reached its handler.</summary>
    public static CalloutResult NotCarriedOut(Callout callout, string why, CalloutOutcome outcome) =>
        new(CalloutReply.Error($"{callout.DisplayName} was not carried out: {why}."), outcome);
}
