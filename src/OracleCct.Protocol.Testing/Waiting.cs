using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

internal static class Waiting
{
    /// <summary>Waits for a task until the token is cancelled. The task itself continues.</summary>
    public static async Task<T> UntilAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration cancelling = cancellationToken.Register(() => cancelled.TrySetResult(true));
        if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
        {
            _ = task.ContinueWith(
                static late =>
                    late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await task.ConfigureAwait(false);
    }
}

/// <summary>Runs work in the background, and can wait for its end.</summary>
internal sealed class BackgroundTasks
{
    private readonly object _gate = new();
    private readonly HashSet<Task> _running = [];

    public void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_gate)
        {
            _ = _running.Add(task);
        }

        _ = task.ContinueWith(
            ended =>
            {
                lock (_gate)
                {
                    _ = _running.Remove(ended);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Waits until all work has ended, up to a limit.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        using var end = new CancellationTokenSource();
        _ = await Task.WhenAny(Task.WhenAll(running), Task.Delay(limit, end.Token)).ConfigureAwait(false);
        end.Cancel();
    }
}
