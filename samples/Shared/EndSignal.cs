using System;
#if NET
using System.Runtime.InteropServices;
#endif
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>
/// Signals the end of the program: on Ctrl+C (SIGINT), on SIGTERM, or when the program itself requests it. A second signal ends the process immediately.
/// </summary>
/// <remarks>
/// .NET Framework does not support SIGTERM. On Mono, SIGTERM ends the process immediately, and so does a SIGINT that does not come from a terminal.
/// </remarks>
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
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = TryGive());
#endif
    }

    public Task Given => _given.Task;

    /// <returns>Whether this is the first signal.</returns>
    public bool TryGive() => _given.TrySetResult(true);

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKey;
#if NET
        _terminate.Dispose();
#endif
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs args) => args.Cancel = TryGive();
}
