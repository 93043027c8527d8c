using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Represents a softphone without a page that accepts all callouts and sends any screen pop.</summary>
internal sealed class PlainSoftphone : IAsyncDisposable
{
    private readonly InMemoryAgentRegistry _agents = new();
    private readonly HttpEventClient _events = new();
    private readonly AgentDesktops _desktops;
    private readonly CalloutListener _listener;
    private readonly TaskCompletionSource<CalloutReply> _end = new();

    public PlainSoftphone()
    {
        _desktops = new(_agents, _events, new() { ScreenPops = new() { Mode = ScreenPopRuleMode.Off } });
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>((login, _, _) => Note(login))
            .HandleAsync<LogoutCallout>((logout, _, _) => Note(logout))
            .HandleAsync<ReadyCallout>((ready, _, _) => Note(ready))
            .HandleAsync<NotReadyCallout>((notReady, _, _) => Note(notReady))
            .HandleAsync<UnregisterCallout>((unregister, _, _) => Note(unregister))
            .HandleAsync<MakeCallCallout>((call, _, _) => Note(call));
        _listener = new(new CalloutEndpoint(new CalloutDispatcher(handlers, _agents)), new() { Port = 0 });
        _listener.Start();
    }

    public static AgentIdentity Agent { get; } = new("70002", "7001");

    public Uri Url => _listener.Url;

    /// <summary>Gets or sets whether the softphone receives callouts without replying.</summary>
    public bool IsSilent { get; set; }

    public ConcurrentQueue<string> Callouts { get; } = new();

    public Task<CallSession> PopAsync(ScreenPopEvent pop) => _desktops[Agent].ScreenPopAsync(pop);

    public async ValueTask DisposeAsync()
    {
        _ = _end.TrySetResult(CalloutReply.Success);
        await _listener.DisposeAsync();
        await _desktops.DisposeAsync();
        _events.Dispose();
    }

    private ValueTask<CalloutReply> Note(Callout callout)
    {
        Callouts.Enqueue(callout.FunctionName);
        return IsSilent ? new(_end.Task) : new(CalloutReply.Success);
    }
}
