using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Says that something has changed, to however many listen. Safe to use from several threads.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = NewTask();

    /// <summary>Completes at the next change. Take it before looking at what may change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, NewTask()).SetResult();

    private static TaskCompletionSource NewTask() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
