using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>Nothing that touches a socket may wait for ever.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;

    public static async Task Within(this Task task, string what)
    {
        using var end = new CancellationTokenSource();
        bool inTime = await Task.WhenAny(task, Task.Delay(Limit, end.Token)) == task;
        end.Cancel();
        Assert.True(inTime, $"Not within {Limit.TotalSeconds} s: {what}");
        await task;
    }

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }
}
