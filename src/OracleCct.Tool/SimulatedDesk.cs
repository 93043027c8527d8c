using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>Plays an agent in EBS who follows typed commands.</summary>
internal sealed class SimulatedDesk(ToolConsole console, Output output, UwqAgent agent)
{
    public const string CommandNames =
        "ready, notready, call NUMBER, canonical NUMBER, login, logout, expect pop|established|released, wait SECONDS, fault NAME, help, quit";

    private bool _isRegistered;
    private bool _isLoggedIn;
    private bool _isReady;

    public static string FaultNames { get; } = string.Join(", ", Faults.All.Select(fault => fault.Name));

    /// <summary>Gets whether all commands were valid and all expectations were met.</summary>
    public bool AllWell { get; private set; } = true;

    /// <summary>Registers the agent, logs the agent in, and makes the agent ready.</summary>
    /// <returns>Whether the softphone answered each callout with success.</returns>
    public async Task<bool> SignInAsync(CancellationToken cancellationToken)
    {
        _isRegistered = (await agent.RegisterAsync(cancellationToken)).IsSuccess;
        _isLoggedIn = _isRegistered && (await agent.LoginAsync(cancellationToken)).IsSuccess;
        _isReady = _isLoggedIn && (await agent.ReadyAsync(cancellationToken)).IsSuccess;
        if (!_isReady)
        {
            output.Say($"[red]The softphone did not sign in the agent.[/]");
        }

        return _isReady;
    }

    /// <summary>Undoes what <see cref="SignInAsync"/> and the commands did.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
        {
            _ = await agent.NotReadyAsync(cancellationToken);
        }

        if (_isLoggedIn)
        {
            _ = await agent.LogoutAsync(cancellationToken);
        }

        if (_isRegistered)
        {
            _ = await agent.UnregisterAsync(cancellationToken);
        }
    }

    /// <summary>Runs commands until "quit" or the end of input.</summary>
    /// <returns><see cref="AllWell"/>.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        // Reading from a terminal ignores the token.
        while (await console.Lines.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["quit"])
            {
                break;
            }

            if (words.Length > 0 && await ExecuteAsync(words[0], words.Length > 1 ? words[1] : "", cancellationToken) is { } problem)
            {
                AllWell = false;
                output.Show(new() { ["kind"] = "failed", ["command"] = words[0], ["message"] = problem }, $"[red]{problem}[/]");
            }
        }

        return AllWell;
    }

    /// <summary>Executes one command.</summary>
    /// <returns>What is wrong, or null. A callout that fails is counted elsewhere.</returns>
    private async Task<string?> ExecuteAsync(string command, string rest, CancellationToken cancellationToken)
    {
        switch (command)
        {
            case "ready":
                _isReady = (await agent.ReadyAsync(cancellationToken)).IsSuccess;
                return null;
            case "notready":
                _isReady = !(await agent.NotReadyAsync(cancellationToken)).IsSuccess;
                return null;
            case "login":
                _isLoggedIn = (await agent.LoginAsync(cancellationToken)).IsSuccess;
                return null;
            case "logout":
                _isLoggedIn = !(await agent.LogoutAsync(cancellationToken)).IsSuccess;
                _isReady &= _isLoggedIn;
                return null;
            case "call" when rest.Length > 0:
                _ = await agent.MakeCallAsync(rest, cancellationToken);
                return null;
            case "canonical" when rest.Length > 0:
                _ = await agent.DialCanonicalAsync(rest, cancellationToken);
                return null;
            case "expect":
                return await ExpectAsync(rest, cancellationToken);
            case "wait":
                return await WaitAsync(rest, cancellationToken);
            case "fault":
                return SetFault(rest);
            case "help":
                output.Say($"Commands: {CommandNames}. Faults: {FaultNames}.");
                return null;
            default:
                return $"\"{command}{(rest.Length > 0 ? " " + rest : "")}\" is not a valid command. Use one of {CommandNames}.";
        }
    }

    private async Task<string?> ExpectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            CctEvent? found = name switch
            {
                "pop" => await agent.ExpectAsync<ScreenPopEvent>(null, cancellationToken),
                "established" => await agent.ExpectAsync<CallEstablishedEvent>(null, cancellationToken),
                "released" => await agent.ExpectAsync<CallReleasedEvent>(null, cancellationToken),
                _ => null,
            };
            return found is null ? "The event to expect is not valid. Use pop, established or released." : null;
        }
        catch (UwqExpectationException exception)
        {
            // The rest is the transcript, which has been shown already.
            return exception.Message.Split('\n')[0].TrimEnd();
        }
    }

    private async Task<string?> WaitAsync(string seconds, CancellationToken cancellationToken)
    {
        if (!double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double time) || time is not (>= 0 and <= 3600))
        {
            return "The time to wait is not valid. Use a number of seconds up to 3600.";
        }

        await Task.Delay(TimeSpan.FromSeconds(time), console.Time, cancellationToken);
        return null;
    }

    private string? SetFault(string name)
    {
        if (!Faults.TryFind(name, out UwqFault fault))
        {
            return $"The fault is not valid. Use one of {FaultNames}.";
        }

        try
        {
            agent.Fault = fault;
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
