using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct send</c>, which sends a callout as EBS does.</summary>
internal static class SendCommand
{
    private const string DialHelp = "The number to dial (dialString).";

    public static Command Create(ToolConsole console) => new ToolCommand(
        "send",
        "Sends a softphone a callout as EBS does, and shows the answer.",
        [
            "cct send check-status",
            "cct send login --agent 7001 --teleset 70002 --queue 7700",
            "cct send make-call --agent 7001 --teleset 70002 --dial 4155550100",
            "cct send other Transfer telesetNumber=70002 agentID=7001 to=70003",
            "cct send raw 'FunctionName=Ready&agentID'",
        ])
    {
        Register(console),
        OfAgent(console, "unregister", "Reports that the agent has left EBS.", agent => new UnregisterCallout(agent.TelesetNumber, agent.AgentId)),
        WithPassword(
            console,
            "login",
            "Logs the agent in at the ACD.",
            (agent, password, queue) => new LoginCallout(agent.TelesetNumber, agent.AgentId, password, queue)),
        WithPassword(
            console,
            "logout",
            "Logs the agent out at the ACD. EBS sends the password with it, too.",
            (agent, password, queue) => new LogoutCallout(agent.TelesetNumber, agent.AgentId, password, queue)),
        OfAgent(console, "ready", "Reports that the agent takes calls.", agent => new ReadyCallout(agent.TelesetNumber, agent.AgentId)),
        OfAgent(console, "not-ready", "Reports that the agent takes no calls.", agent => new NotReadyCallout(agent.TelesetNumber, agent.AgentId)),
        CheckStatus(console),
        Dial(
            console,
            "make-call",
            "Dials a number for the agent.",
            (agent, number) => new MakeCallCallout(agent.TelesetNumber, agent.AgentId, number)),
        Dial(
            console,
            "dial-canonical",
            "Dials a number in canonical form for the agent (Direct Integration).",
            (agent, number) => new DialCanonicalCallout(agent.TelesetNumber, agent.AgentId, number)),
        Other(console),
        Raw(console),
    };

    private static ToolCommand Register(ToolConsole console)
    {
        var agent = new AgentOptions();
        Option<string> address = Options.Text(
            "--ip-address", "ADDRESS", "The address where the agent's EBS listens for events (ipAddress).", defaultText: "127.0.0.1");
        ParsedOption<int> port = Options.Port("--port", "The port where the agent's EBS listens for events (port).", "8888");
        return Make(
            console,
            new("register", "Tells the softphone where to send the agent's events.", ["cct send register --agent 7001 --teleset 70002 --port 8888"])
            {
                address,
                port,
            },
            agent,
            parsed => new RegisterCallout(agent.Read(parsed).TelesetNumber, agent.Read(parsed).AgentId, parsed.GetValue(address)!, port.Read(parsed)));
    }

    private static ToolCommand OfAgent(ToolConsole console, string name, string description, Func<AgentIdentity, Callout> make)
    {
        var agent = new AgentOptions();
        return Make(console, new(name, description, [$"cct send {name} --agent 7001 --teleset 70002"]), agent, parsed => make(agent.Read(parsed)));
    }

    private static ToolCommand WithPassword(ToolConsole console, string name, string description, Func<AgentIdentity, AgentPassword, string, Callout> make)
    {
        var agent = new AgentOptions();
        var password = new PasswordOption();
        Option<string> queue = Queue();
        string example = $"cct send {name} --agent 7001 --teleset 70002";
        var command = new ToolCommand(name, description, [example + " --queue 7700", example + " --password - < password.txt"]);
        password.AddTo(command);
        command.Add(queue);
        return Make(
            console,
            command,
            agent,
            async (parsed, cancellationToken) => make(
                agent.Read(parsed),
                await password.RequireAsync(console, parsed, "This callout needs the agent's password.", cancellationToken),
                parsed.GetValue(queue) ?? ""));
    }

    private static ToolCommand CheckStatus(ToolConsole console) =>
        Make(console, new("check-status", "Asks whether the softphone is running.", ["cct send check-status"]), agent: null, _ => new CheckStatusCallout());

    private static ToolCommand Dial(ToolConsole console, string name, string description, Func<AgentIdentity, string, Callout> make)
    {
        var agent = new AgentOptions();
        Option<string> number = Options.Text("--dial", "NUMBER", DialHelp, required: true);
        return Make(
            console,
            new(name, description, [$"cct send {name} --agent 7001 --teleset 70002 --dial 4155550100"]) { number },
            agent,
            parsed => make(agent.Read(parsed), parsed.GetValue(number)!));
    }

    private static ToolCommand Other(ToolConsole console)
    {
        Argument<string> function = new("FUNCTION") { Description = "The name of the function (FunctionName)." };
        return Make(
            console,
            new("other", "Sends any other function with the given parameters.", ["cct send other Transfer telesetNumber=70002 agentID=7001 to=70003"])
            {
                function,
            },
            agent: null,
            parsed => Unknown(parsed.GetValue(function)!));
    }

    private static ToolCommand Raw(ToolConsole console)
    {
        var link = new SoftphoneLink();
        Argument<string> query = new("QUERY") { Description = "The query string, which is sent unchanged, malformed or not." };
        var command = new ToolCommand("raw", "Sends a query string unchanged.", ["cct send raw 'FunctionName=Ready&agentID'"]) { query };
        link.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string text = parsed.GetValue(query)!;
            return text.AsSpan().IndexOfAny('\r', '\n') >= 0 ? throw new UsageException("The query string has more than one line. Remove the line breaks.")
                : RunAsync(console, link, parsed, simulator => simulator.SendQueryAsync(text.TrimStart('?'), cancellationToken));
        });
        return command;
    }

    public static Option<string> Queue() => Options.Text("--queue", "QUEUE", "The queue of the agent at the ACD (agentQueue). [default: sent empty]");

    private static UnknownCallout Unknown(string function)
    {
        try
        {
            return new(function);
        }
        catch (ArgumentException)
        {
            throw new UsageException("This function has its own command. See \"cct send --help\".");
        }
    }

    private static ToolCommand Make(ToolConsole console, ToolCommand command, AgentOptions? agent, Func<ParseResult, Callout> read) =>
        Make(console, command, agent, (parsed, _) => Task.FromResult(read(parsed)));

    private static ToolCommand Make(ToolConsole console, ToolCommand command, AgentOptions? agent, Func<ParseResult, CancellationToken, Task<Callout>> read)
    {
        var link = new SoftphoneLink();
        Argument<WireFields> pairs = Options.Pairs("More parameters, which follow the others.");
        agent?.AddTo(command);
        link.AddTo(command);
        command.Add(pairs);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Callout callout = await read(parsed, cancellationToken) with { ExtraFields = parsed.GetValue(pairs)! };
            return await RunAsync(console, link, parsed, simulator => simulator.SendAsync(callout, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, SoftphoneLink link, ParseResult parsed, Func<UwqSimulator, Task<UwqReply>> send)
    {
        var messages = new MessageOutput(console, new Output(console, parsed));
        await using UwqSimulator simulator = link.Start(console, parsed, SoftphoneLink.Quiet with { OnMessage = messages.Show });
        UwqReply reply = await send(simulator);
        return reply.IsSuccess ? ExitCode.Fine : ExitCode.NotFine;
    }
}
