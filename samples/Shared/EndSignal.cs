using System;
#if NET
using System.Runtime.InteropServices;
#endif
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>
/// Says when the program is to end: at Ctrl+C (SIGINT), at SIGTERM, or when somebody in the program says so. A second one while it is ending ends it at once.
/// </summary>
/// <remarks>.NET Framework knows no SIGTERM. On Mono that signal ends the process without a farewell, and so does SIGINT where it does not come from a terminal.</remarks>
internal sealed class EndSignal : IDisposable
{
    private readonly TaskCompletionSource<bool> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
#if NET
    private readonly PosixSignalRegistration _terminate;
#endif

    public EndSignal()
    {
        Console.CancelKeyPress += OnCancelKey;
#if NET
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = Give());
#endif
    }

    public Task Given => _given.Task;

    /// <returns>Whether this is the first.</returns>
    public bool Give() => _given.TrySetResult(true);

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKey;
#if NET
        _terminate.Dispose();
#endif
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs args) => args.Cancel = Give();
}
