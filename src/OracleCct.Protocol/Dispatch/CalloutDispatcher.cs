using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Passes each callout to its handler, keeps the registry of agents, and always returns a reply.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads.</para>
/// <para>Register, Unregister and CheckStatus succeed without a handler; any other callout without a handler gets an Error reply. If a handler throws, the
/// reply is an Error with a general sentence, and the observers of the <c>CalloutEndpoint</c> receive the exception.</para>
/// <para>Register changes the registry after its handler, if there is one, has succeeded. Unregister changes it after its handler has run, whatever the reply:
/// an agent who has left EBS must not receive callers' data any more.</para>
/// </remarks>
public sealed class CalloutDispatcher : ICalloutDispatcher
{
    private readonly Dictionary<Type, CalloutInvoker> _handlers;
    private readonly IAgentRegistry _registry;
    private readonly CalloutDispatcherOptions _options;
    private readonly AgentStateTracker? _agentStates;

    /// <summary>Initializes a dispatcher.</summary>
    /// <param name="handlers">The handlers. Handlers that are added later are ignored.</param>
    /// <param name="registry">Keeps the registrations of agents.</param>
    /// <param name="options">The options; null uses the defaults.</param>
    /// <param name="agentStates">Learns from the callouts which agents are ready; null disables it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handlers"/> or <paramref name="registry"/> is null.</exception>
    public CalloutDispatcher(CalloutHandlers handlers, IAgentRegistry registry, CalloutDispatcherOptions? options = null, AgentStateTracker? agentStates = null)
        : this(InvokersOf(handlers), registry, options, agentStates)
    {
    }

    internal CalloutDispatcher(
        Dictionary<Type, CalloutInvoker> handlers, IAgentRegistry registry, CalloutDispatcherOptions? options, AgentStateTracker? agentStates)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _handlers = handlers;
        _registry = registry;
        _options = options ?? new();
        _agentStates = agentStates;
    }

    /// <summary>Carries out a callout. A failure becomes an Error reply.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="context">The facts about the request.</param>
    /// <param name="cancellationToken">The token of the handler.</param>
    /// <returns>The reply to EBS.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callout"/> or <paramref name="context"/> is null.</exception>
    public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callout);
        ArgumentNullException.ThrowIfNull(context);
        return DispatchAndLearnAsync(callout, context, cancellationToken);
    }

    private static Dictionary<Type, CalloutInvoker> InvokersOf(CalloutHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        return handlers.ToDictionary();
    }

    private async ValueTask<CalloutReply> DispatchAndLearnAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        long callsBefore = _agentStates?.CallsBefore(callout) ?? 0;
        CalloutReply reply = await DispatchSafelyAsync(callout, context, cancellationToken).ConfigureAwait(false);

        // A cancelled Ready does not count: EBS was told, or will be told, that it failed.
        bool isBelieved = reply.IsSuccess && !(callout is ReadyCallout && cancellationToken.IsCancellationRequested);
        _agentStates?.Learn(callout, isBelieved, callsBefore);
        return reply;
    }

    private async ValueTask<CalloutReply> DispatchSafelyAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        try
        {
            return callout switch
            {
                RegisterCallout register => await RegisterAsync(register, context, cancellationToken).ConfigureAwait(false),
                UnregisterCallout unregister => await UnregisterAsync(unregister, context, cancellationToken).ConfigureAwait(false),
                _ => await HandleAsync(callout, context, cancellationToken).ConfigureAwait(false),
            };
        }
#pragma warning disable CA1031 // Java's HTTP client sends a callout again if it gets no response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return CalloutReply.Failed($"The softphone could not carry out {callout.DisplayName}.", exception);
        }
    }

    private async ValueTask<CalloutReply> RegisterAsync(RegisterCallout register, CalloutContext context, CancellationToken cancellationToken)
    {
        if (_options.EventDestination.Resolve(register, context.RemoteAddress, out EbsAddress? ebsAddress) is { } problem)
        {
            return CalloutReply.Error(problem);
        }

        CalloutReply reply = await HandleAsync(register, context, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            await _registry.RegisterAsync(register.Agent, ebsAddress!, cancellationToken).ConfigureAwait(false);
        }

        return reply;
    }

    private async ValueTask<CalloutReply> UnregisterAsync(UnregisterCallout unregister, CalloutContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await HandleAsync(unregister, context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Not cancelled with the handler, since the agent has left in any case.
            _ = await _registry.UnregisterAsync(unregister.Agent, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<CalloutReply> HandleAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        if (!_handlers.TryGetValue(callout.GetType(), out CalloutInvoker? handle))
        {
            return ReplyWithoutHandler(callout);
        }

        return await handle(callout, context, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The handler of {callout.GetType().Name} returned null. Return a CalloutReply.");
    }

    private static CalloutReply ReplyWithoutHandler(Callout callout) => callout switch
    {
        RegisterCallout or UnregisterCallout or CheckStatusCallout => CalloutReply.Success,
        UnknownCallout => CalloutReply.Error($"The softphone does not know the function \"{callout.DisplayName}\"."),
        _ => CalloutReply.Error($"The softphone does not support {callout.DisplayName}."),
    };
}
