using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Represents an agent with the state that the softphone has confirmed.</summary>
internal sealed class DeskAgent(int number, UwqAgent agent, string queue)
{
    public int Number { get; } = number;

    public UwqAgent Agent { get; } = agent;

    public string Queue { get; } = queue;

    public bool IsRegistered { get; private set; }

    public bool IsLoggedIn { get; private set; }

    /// <summary>Gets whether the agent is ready: the softphone has accepted Ready, and no screen pop has arrived since.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Updates the state with the agent's next message.</summary>
    public void Update(UwqMessage message)
    {
        if (message.Event is ScreenPopEvent)
        {
            IsReady = false;
        }

        if (message.Reply is not { IsSuccess: true })
        {
            return;
        }

        (IsRegistered, IsLoggedIn, IsReady) = message.Name switch
        {
            "Register" => (true, IsLoggedIn, IsReady),
            "Unregister" => (false, IsLoggedIn, false),
            "Login" => (IsRegistered, true, IsReady),
            "Logout" => (IsRegistered, false, false),
            "Ready" => (IsRegistered, IsLoggedIn, true),
            "NotReady" => (IsRegistered, IsLoggedIn, false),
            _ => (IsRegistered, IsLoggedIn, IsReady),
        };
    }

    /// <summary>Sends Register, Login and Ready. Stops at the first that fails.</summary>
    public async Task<DeskReply> SignInAsync(CancellationToken cancellationToken)
    {
        DeskReply reply = new("Register", await Agent.RegisterAsync(cancellationToken));
        reply = reply.Reply.IsSuccess ? new("Login", await Agent.LoginAsync(cancellationToken)) : reply;
        return reply.Reply.IsSuccess ? new("Ready", await Agent.ReadyAsync(cancellationToken)) : reply;
    }

    /// <summary>Sends NotReady, Logout and Unregister, also when one of them fails.</summary>
    /// <returns>The reply to the first that failed, or else to the last.</returns>
    public async Task<DeskReply> SignOutAsync(CancellationToken cancellationToken)
    {
        DeskReply notReady = new("NotReady", await Agent.NotReadyAsync(cancellationToken));
        DeskReply logout = new("Logout", await Agent.LogoutAsync(cancellationToken));
        DeskReply unregister = new("Unregister", await Agent.UnregisterAsync(cancellationToken));
        return Array.Find([notReady, logout], reply => !reply.Reply.IsSuccess) ?? unregister;
    }

    /// <summary>Sends one callout.</summary>
    /// <returns>The reply, or <see langword="null"/> when the function does not exist.</returns>
    public async Task<DeskReply?> SendAsync(string functionName, string dialString, CancellationToken cancellationToken)
    {
        Task<UwqReply>? sending = functionName switch
        {
            "Register" => Agent.RegisterAsync(cancellationToken),
            "Unregister" => Agent.UnregisterAsync(cancellationToken),
            "Login" => Agent.LoginAsync(cancellationToken),
            "Logout" => Agent.LogoutAsync(cancellationToken),
            "Ready" => Agent.ReadyAsync(cancellationToken),
            "NotReady" => Agent.NotReadyAsync(cancellationToken),
            "MakeCall" => Agent.MakeCallAsync(dialString, cancellationToken),
            "DialCanonical" => Agent.DialCanonicalAsync(dialString, cancellationToken),
            _ => null,
        };
        return sending is null ? null : new(functionName, await sending);
    }
}

/// <summary>Represents the reply to a callout.</summary>
internal sealed record DeskReply(string Callout, UwqReply Reply);
