using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>An agent at work in EBS, by typed commands.</summary>
internal sealed class SimulatedDesk(ToolConsole console, Output output, UwqAgent agent)
{
    public const string CommandNames = "ready, notready, call NUMBER, canonical NUMBER, login, logout, expect pop|established|released, wait SECONDS, fault NAME, help, quit";

    private bool _isRegistered;
    private bool _isLoggedIn;
    private bool _isReady;

    public static string FaultNames { get; } = string.Join(", ", Faults.All.Select(fault => fault.Name));

    /// <summary>Whether all commands were understood, and all expectations met.</summary>
    public bool AllWell { get; private set; } = true;

    /// <returns>Whether the softphone answered everything with success.</returns>
    public async Task<bool> SignInAsync(CancellationToken cancellationToken)
    {
        _isRegistered = (await agent.RegisterAsync(cancellationToken)).IsSuccess;
        _isLoggedIn = _isRegistered && (await agent.LoginAsync(cancellationToken)).IsSuccess;
        _isReady = _isLoggedIn && (await agent.ReadyAsync(cancellationToken)).IsSuccess;
        if (!_isReady)
        {
            output.Say($"[red]The softphone did not sign the agent in.[/]");
        }

        return _isReady;
    }

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

    /// <summary>Carries commands out until "quit" or the end of input.</summary>
    /// <returns><see cref="AllWell"/>.</returns>
    public async Task<bool> ObeyAsync(CancellationToken cancellationToken)
    {
        // A terminal's read heeds no token.
        while (await console.Lines.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["quit"])
            {
                break;
            }

            if (words.Length > 0 && await ObeyAsync(words[0], words.Length > 1 ? words[1] : "", cancellationToken) is { } problem)
            {
                AllWell = false;
                output.Show(new() { ["kind"] = "failed", ["command"] = words[0], ["message"] = problem }, $"[red]{problem}[/]");
            }
        }

        return AllWell;
    }

    /// <returns>What is wrong, if anything is. A callout that is no success counts elsewhere.</returns>
    private async Task<string?> ObeyAsync(string command, string rest, CancellationToken cancellationToken)
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
                return $"\"{command}{(rest.Length > 0 ? " " + rest : "")}\" is no command: there are {CommandNames}.";
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
            return found is null ? "What can be expected is pop, established or released." : null;
        }
        catch (UwqExpectationException exception)
        {
            // The transcript that follows has been shown already.
            return exception.Message.Split('\n')[0].TrimEnd();
        }
    }

    private async Task<string?> WaitAsync(string seconds, CancellationToken cancellationToken)
    {
        if (!double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double time) || time is not (>= 0 and <= 3600))
        {
            return "\"wait\" takes a number of seconds, up to 3600.";
        }

        await Task.Delay(TimeSpan.FromSeconds(time), console.Time, cancellationToken);
        return null;
    }

    private string? SetFault(string name)
    {
        if (Faults.All.All(fault => fault.Name != name))
        {
            return $"There is no such fault: there are {FaultNames}.";
        }

        try
        {
            agent.Fault = Faults.All.Single(fault => fault.Name == name).Fault;
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
