using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Connects the phone to EBS: callouts operate the phone, and what happens at the phone goes out as events.</summary>
internal sealed class Softphone : IAsyncDisposable
{
    private static readonly TimeSpan LastEventsDeadline = TimeSpan.FromSeconds(5);

    private readonly SoftphoneOptions _options;
    private readonly Action<string> _say;
    private readonly TelephonyAdapter _adapter;
    private readonly EventSender _sender;
    private Task _told = Task.CompletedTask;

    /// <param name="options">The ports and the extension.</param>
    /// <param name="say">Writes a line for the user.</param>
    public Softphone(SoftphoneOptions options, Action<string> say)
    {
        _options = options;
        _say = say;
        Phone = new(options.Baresip, OnChangeAsync, say);
        _adapter = new(cct => cct
            .Configure<CalloutListenerOptions>(listener => listener with { Port = options.Port })
            .DecorateDispatcher(dispatcher => new LoggingDispatcher(dispatcher, say))

            // A real softphone passes AgentPassword.Reveal() to its ACD. Logging in does not make the agent ready.
            .Accept<LoginCallout>()
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>()
            .Accept<NotReadyCallout>()
            .HandleAsync<MakeCallCallout>((makeCall, _, _) => DialAsync(makeCall, makeCall.DialString))
            .HandleAsync<DialCanonicalCallout>((dial, _, _) => DialAsync(dial, dial.DialString ?? "")));
        _sender = new(_adapter.Desktops, say);
    }

    public Phone Phone { get; }

    public Uri Url => _adapter.Url;

    /// <summary>Gets the phone's extension: the one of the command line, or else the user of baresip's account.</summary>
    public string Extension => _options.Extension ?? Phone.User ?? "";

    /// <exception cref="IOException">
    /// baresip is not reachable or has no account, or the port is taken, or listening is not allowed. The message says what to do.
    /// </exception>
    public async Task StartAsync()
    {
        await Phone.StartAsync();
        if (Extension.Length == 0)
        {
            throw new IOException($"baresip at {_options.Baresip} has no account. Add one, as in the folder baresip of the sample.");
        }

        _adapter.Start();
    }

    /// <summary>Finds the agent for the phone's calls: the agent at its extension. If there are several, prefers one who is ready.</summary>
    public async Task<AgentIdentity?> AgentAsync()
    {
        IEnumerable<AgentIdentity> here = (await _adapter.Registry.ListAsync()).Keys.Where(agent => agent.TelesetNumber == Extension);
        return here.OrderByDescending(IsReady).Select(agent => (AgentIdentity?)agent).FirstOrDefault();
    }

    /// <summary>
    /// Indicates whether the agent takes calls. From when a call rings, the agent is not ready until the next Ready: the interaction is finished in EBS first.
    /// </summary>
    public bool IsReady(AgentIdentity agent) => _adapter.AgentStates.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>Stops taking callouts, ends the call, and reports that to EBS.</summary>
    public async ValueTask DisposeAsync()
    {
        await _adapter.StopAsync();
        await Phone.DisposeAsync();
        if (await Task.WhenAny(_told, Task.Delay(LastEventsDeadline)) != _told)
        {
            _say("EBS does not answer: the last events are given up.");
        }

        await _adapter.DisposeAsync();
    }

    private async ValueTask<CalloutReply> DialAsync(AgentCallout callout, string number)
    {
        string? problem = callout.Agent.TelesetNumber == Extension
            ? await Phone.DialAsync(callout.Agent, number)
            : $"This phone has extension {Extension}, not {callout.Agent.TelesetNumber}.";
        return problem is null ? CalloutReply.Success : CalloutReply.Error(problem);
    }

    private async Task OnChangeAsync(PhoneCall call, CallState state)
    {
        if (state == CallState.Ringing)
        {
            call.OfAgent = await FindAgentAsync(call) is { } agent
                ? new Call(ScreenPopEvent.NewSourceId(), agent, call.Number ?? "a withheld number", isOutgoing: call.DialledBy is not null)
                : null;
        }

        if (call.OfAgent is { } ofAgent)
        {
            ofAgent.State = state;
            _sender.Send(ofAgent, state);
            _told = ofAgent.Told;
        }
    }

    private async Task<AgentIdentity?> FindAgentAsync(PhoneCall call)
    {
        if (call.DialledBy is { } dialledBy)
        {
            return dialledBy;
        }

        AgentIdentity? agent = await AgentAsync();
        string note = agent is not { } found ? $" No agent is registered at extension {Extension}, so that EBS gets no event."
            : IsReady(found) ? ""
            : $" {found} is not ready: an ACD would not have routed the call there.";
        _say($"A call {call} is ringing.{note} Type answer or hangup.");
        return agent;
    }
}
