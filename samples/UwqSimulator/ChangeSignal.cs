using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Signals changes to any number of listeners. Safe to use from several threads.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = NewTask();

    /// <summary>Gets a task that completes at the next change. Get it before you read the state that can change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, NewTask()).SetResult();

    private static TaskCompletionSource NewTask() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
