using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>Sends a callout as EBS does.</summary>
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
        OfAgent(console, "unregister", "The agent has left EBS.", agent => new UnregisterCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId }),
        WithPassword(
            console,
            "login",
            "The agent logs in at the ACD.",
            (agent, password, queue) => new LoginCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId, AgentPassword = password, AgentQueue = queue }),
        WithPassword(
            console,
            "logout",
            "The agent logs out at the ACD; EBS sends the password with it, too.",
            (agent, password, queue) => new LogoutCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId, AgentPassword = password, AgentQueue = queue }),
        OfAgent(console, "ready", "The agent takes calls.", agent => new ReadyCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId }),
        OfAgent(console, "not-ready", "The agent takes no calls.", agent => new NotReadyCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId }),
        CheckStatus(console),
        Dial(console, "make-call", "The agent dials.", (agent, number) => new MakeCallCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId, DialString = number }),
        Dial(
            console,
            "dial-canonical",
            "The agent dials a number in canonical form (Direct Integration).",
            (agent, number) => new DialCanonicalCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId, DialString = number }),
        Other(console),
        Raw(console),
    };

    private static ToolCommand Register(ToolConsole console)
    {
        var agent = new AgentOptions();
        Option<string> address = Options.Text("--ip-address", "ADDRESS", "Where this agent's EBS listens for events (ipAddress).", defaultText: "127.0.0.1");
        ParsedOption<int> port = Options.Port("--port", "The port there (port).", "8888");
        return Make(
            console,
            new("register", "EBS tells where the agent's events are to go.", ["cct send register --agent 7001 --teleset 70002 --port 8888"]) { address, port },
            agent,
            parsed => new RegisterCallout
            {
                TelesetNumber = agent.Read(parsed).TelesetNumber,
                AgentId = agent.Read(parsed).AgentId,
                IpAddress = parsed.GetValue(address)!,
                Port = port.Read(parsed),
            });
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
        var command = new ToolCommand(name, description, [$"cct send {name} --agent 7001 --teleset 70002 --queue 7700", $"cct send {name} --agent 7001 --teleset 70002 --password - < password.txt"]);
        password.AddTo(command);
        command.Add(queue);
        return Make(
            console,
            command,
            agent,
            async (parsed, cancellationToken) =>
                make(agent.Read(parsed), await password.RequireAsync(console, parsed, "This callout needs the agent's password", cancellationToken), parsed.GetValue(queue) ?? ""));
    }

    private static ToolCommand CheckStatus(ToolConsole console) =>
        Make(console, new("check-status", "EBS asks whether the softphone is there.", ["cct send check-status"]), agent: null, _ => new CheckStatusCallout());

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
        Argument<string> function = new("FUNCTION") { Description = "Its name (FunctionName)." };
        return Make(
            console,
            new("other", "Any other function, with the parameters that you give.", ["cct send other Transfer telesetNumber=70002 agentID=7001 to=70003"]) { function },
            agent: null,
            parsed => Unknown(parsed.GetValue(function)!));
    }

    private static ToolCommand Raw(ToolConsole console)
    {
        var link = new SoftphoneLink();
        Argument<string> query = new("QUERY") { Description = "The query string, which is sent as it stands, malformed or not." };
        var command = new ToolCommand("raw", "A query string as it stands.", ["cct send raw 'FunctionName=Ready&agentID'"]) { query };
        link.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string text = parsed.GetValue(query)!;
            return text.AsSpan().IndexOfAny('\r', '\n') >= 0 ? throw new UsageException("A query string is one line.")
                : RunAsync(console, link, parsed, simulator => simulator.SendQueryAsync(text.TrimStart('?'), cancellationToken));
        });
        return command;
    }

    public static Option<string> Queue() => Options.Text("--queue", "QUEUE", "The agent's queue at the ACD (agentQueue). [default: sent empty]");

    private static UnknownCallout Unknown(string function)
    {
        try
        {
            return new(function);
        }
        catch (ArgumentException)
        {
            throw new UsageException("That function has a command of its own: see \"cct send --help\".");
        }
    }

    private static ToolCommand Make(ToolConsole console, ToolCommand command, AgentOptions? agent, Func<ParseResult, Callout> read) =>
        Make(console, command, agent, (parsed, _) => Task.FromResult(read(parsed)));

    private static ToolCommand Make(ToolConsole console, ToolCommand command, AgentOptions? agent, Func<ParseResult, CancellationToken, Task<Callout>> read)
    {
        var link = new SoftphoneLink();
        Argument<WireFields> pairs = Options.Pairs("Further parameters, which follow the others.");
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
        await using UwqSimulator simulator = link.Start(parsed, SoftphoneLink.Quiet(console) with { OnMessage = messages.Show });
        UwqReply reply = await send(simulator);
        return reply.IsSuccess ? ExitCode.Fine : ExitCode.NotFine;
    }
}
