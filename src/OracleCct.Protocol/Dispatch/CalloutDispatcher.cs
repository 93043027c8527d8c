using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// The dispatcher: hands each callout to its handler, keeps the registry of agents, and has an answer to everything.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads.</para>
/// <para>Register, Unregister and CheckStatus succeed without a handler; any other callout without one gets an Error reply. A handler that throws gets
/// an Error reply with a general sentence; the observers of the <c>CalloutEndpoint</c> get the exception.</para>
/// <para>Register reaches the registry once its handler, if there is one, has agreed. Unregister leaves it when its handler has run, whatever that says: an
/// agent
/// who has left EBS must get no more callers' data.</para>
/// </remarks>
public sealed class CalloutDispatcher : ICalloutDispatcher
{
    private readonly Dictionary<Type, CalloutInvoker> _handlers;
    private readonly IAgentRegistry _registry;
    private readonly CalloutDispatcherOptions _options;
    private readonly AgentStateTracker? _agentStates;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="handlers">The handlers; what is added to them later does not count.</param>
    /// <param name="registry">Where registrations of agents are kept.</param>
    /// <param name="options">How to work; null stands for the defaults.</param>
    /// <param name="agentStates">Learns from the callouts which agents are ready; null: nothing does.</param>
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

    /// <summary>Carries out a callout. Whatever happens on the way becomes an Error reply.</summary>
    /// <param name="callout">What EBS asks.</param>
    /// <param name="context">What is known about the request besides.</param>
    /// <param name="cancellationToken">Handed on to the handler.</param>
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

        // A Ready that was cancelled is not believed: EBS was told, or will be, that it failed.
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
#pragma warning disable CA1031 // A callout that gets no answer is the worst: Java's HTTP client then sends it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return CalloutReply.Failed($"The softphone could not carry out {callout.DisplayName}.", exception);
        }
    }

    private async ValueTask<CalloutReply> RegisterAsync(RegisterCallout register, CalloutContext context, CancellationToken cancellationToken)
    {
        if (_options.EventDestination.Resolve(register, context.RemoteAddress, out EbsAddress? listener) is { } problem)
        {
            return CalloutReply.Error(problem);
        }

        CalloutReply reply = await HandleAsync(register, context, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccess)
        {
            await _registry.RegisterAsync(register.Agent, listener!, cancellationToken).ConfigureAwait(false);
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
            // Not cancelled with the handler: the agent has left all the same.
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
            ?? throw new InvalidOperationException($"The handler of {callout.GetType().Name} returned null in place of a reply.");
    }

    private static CalloutReply ReplyWithoutHandler(Callout callout) => callout switch
    {
        RegisterCallout or UnregisterCallout or CheckStatusCallout => CalloutReply.Success,
        UnknownCallout => CalloutReply.Error($"The softphone does not know the function \"{callout.DisplayName}\"."),
        _ => CalloutReply.Error($"The softphone does not support {callout.DisplayName}."),
    };
}
