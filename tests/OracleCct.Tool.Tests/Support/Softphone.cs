using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool.Tests.Support;

/// <summary>A softphone on a free port. Each call is answered and ends at once. The number 0 is busy.</summary>
internal sealed class Softphone : IAsyncDisposable
{
    private static readonly ScreenPopRuleOptions AsDialled = new() { Mode = ScreenPopRuleMode.Off, CallerNumber = new() { Form = CallerNumberForm.Unchanged } };

    private readonly InMemoryAgentRegistry _agents = new();
    private readonly HttpEventClient _events = new();
    private readonly AgentDesktops _desktops;
    private readonly CalloutListener _listener;
    private readonly ConcurrentQueue<Callout> _callouts = new();
    private int _calls;

    /// <param name="pop">Creates the screen pop of a call from its ID and number.</param>
    public Softphone(Func<string, string, ScreenPopEvent>? pop = null)
    {
        _desktops = new(_agents, _events, new() { ScreenPops = AsDialled });
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>((login, _, _) => Take(login, login.AgentPassword.Reveal() == Cct.Password ? null : "Wrong password."))
            .HandleAsync<LogoutCallout>((logout, _, _) => Take(logout, logout.AgentPassword.Reveal() == Cct.Password ? null : "Wrong password."))
            .HandleAsync<ReadyCallout>((ready, _, _) => Take(ready))
            .HandleAsync<NotReadyCallout>((notReady, _, _) => Take(notReady))
            .HandleAsync<DialCanonicalCallout>((dial, _, _) => Take(dial))
            .HandleAsync<UnknownCallout>((unknown, _, _) => Take(unknown))
            .HandleAsync<MakeCallCallout>((makeCall, _, _) =>
            {
                if (makeCall.DialString == "0")
                {
                    return Take(makeCall, "The number is busy \u001b[31m[red]or[/] hostile.");
                }

                string id = $"call-{System.Threading.Interlocked.Increment(ref _calls)}";
                _ = CallAsync(makeCall.Agent, pop?.Invoke(id, makeCall.DialString) ?? new(id, makeCall.DialString, makeCall.TelesetNumber));
                return Take(makeCall);
            });
        _listener = new(new CalloutEndpoint(new CalloutDispatcher(handlers, _agents)), new() { Port = 0 });
        _listener.Start();
    }

    public string Url => _listener.Url.ToString();

    /// <summary>Gets the callouts that reached a handler, in order.</summary>
    public IReadOnlyCollection<Callout> Callouts => _callouts;

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _desktops.DisposeAsync();
        _events.Dispose();
    }

    private ValueTask<CalloutReply> Take(Callout callout, string? error = null)
    {
        _callouts.Enqueue(callout);
        return new(error is null ? CalloutReply.Success : CalloutReply.Error(error));
    }

    private async Task CallAsync(AgentIdentity agent, ScreenPopEvent pop)
    {
        CallSession call = await _desktops[agent].ScreenPopAsync(pop);
        _ = await call.EstablishedAsync();
        _ = await call.ReleasedAsync();
    }
}
