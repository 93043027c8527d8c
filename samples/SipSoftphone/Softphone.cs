using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Ties the phone to EBS: callouts come in and work the phone, and what happens at the phone goes out as events.</summary>
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

    /// <summary>The phone's extension: what was asked for, or the user of baresip's account.</summary>
    public string Extension => _options.Extension ?? Phone.User ?? "";

    /// <exception cref="IOException">There is no baresip, or it has no account, or the port is taken, or listening is not allowed: the message says what to
    /// do.</exception>
    public async Task StartAsync()
    {
        await Phone.StartAsync();
        if (Extension.Length == 0)
        {
            throw new IOException($"The baresip at {_options.Baresip} has no account: give it one, as in the sample's folder baresip.");
        }

        _adapter.Start();
    }

    /// <summary>Who gets the phone's calls: the agent at its extension. Of several, one who is ready.</summary>
    public async Task<AgentIdentity?> AgentAsync()
    {
        IEnumerable<AgentIdentity> here = (await _adapter.Registry.ListAsync()).Keys.Where(agent => agent.TelesetNumber == Extension);
        return here.OrderByDescending(IsReady).Select(agent => (AgentIdentity?)agent).FirstOrDefault();
    }

    /// <summary>From when a call rings, its agent is not ready until the next Ready: first the interaction is to be finished in EBS.</summary>
    public bool IsReady(AgentIdentity agent) => _adapter.AgentStates.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>Takes no more callouts, ends the call, and tells EBS so.</summary>
    public async ValueTask DisposeAsync()
    {
        await _adapter.StopAsync();
        await Phone.DisposeAsync();
        if (await Task.WhenAny(_told, Task.Delay(LastEventsDeadline)) != _told)
        {
            _say("EBS does not answer: its last events are given up.");
        }

        await _adapter.DisposeAsync();
    }

    private async ValueTask<CalloutReply> DialAsync(AgentCallout callout, string number)
    {
        string? problem = callout.Agent.TelesetNumber == Extension
            ? await Phone.DialAsync(callout.Agent, number)
            : $"This is the phone of extension {Extension}, not of {callout.Agent.TelesetNumber}.";
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
        _say(agent is not { } found ? $"A call rings, {call}, and EBS has registered nobody at {Extension}: it is not told. Type answer or hangup."
            : IsReady(found) ? $"A call rings, {call}. Type answer or hangup."
            : $"A call rings, {call}, though an ACD would have spared {found}, who is not ready. Type answer or hangup.");
        return agent;
    }
}
