using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct simulate</c>, which plays EBS's Universal Work Queue for one agent.</summary>
internal static class SimulateCommand
{
    public static Command Create(ToolConsole console)
    {
        var link = new SoftphoneLink();
        var agent = new AgentOptions();
        var password = new PasswordOption();
        Option<string> queue = SendCommand.Queue();
        ParsedOption<int> port = Options.Port("--listener-port", "The port where the simulated EBS listens for the agent's events. 0 uses any free port.", "0");
        ParsedOption<EbsForms?> forms = Options.Forms();
        ParsedOption<IReadOnlyList<string>> switchedOff = Options.SwitchedOff(IsCheck, "comma-separated codes of checks, such as UWQ103,CCT126");
        ParsedOption<UwqFault> fault = Options.Choice("--fault", "FAULT", "The fault of EBS's listener: " + SimulatedDesk.FaultNames + ".", Faults.All);
        ParsedOption<TimeSpan> expect = Options.Seconds("--expect-timeout", "How long \"expect\" waits for an event.", "10");
        var command = new ToolCommand(
            "simulate",
            "Plays EBS's Universal Work Queue for an agent.",
            [
                "cct simulate --agent 7001 --teleset 70002",
                "printf 'call 4155550100\\nexpect pop\\nexpect established\\nexpect released\\n' | CCT_PASSWORD=1234 cct simulate --agent 7001 --teleset 70002",
            ],
            "Signs the agent in, shows the screen pops that arrive with the field that each of EBS's forms uses, and reads commands from standard input:\n  "
            + SimulatedDesk.CommandNames.Replace(", ", "\n  ", StringComparison.Ordinal)
            + "\nSigns the agent out at the end of input or when you press Ctrl+C. The exit code is 1 if a check finds a problem, a callout fails, "
            + "or an expected event does not arrive.");
        agent.AddTo(command);
        link.AddTo(command);
        password.AddTo(command);
        command.Add(queue);
        command.Add(port);
        command.Add(forms);
        command.Add(switchedOff);
        command.Add(fault);
        command.Add(expect);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Task.Yield(); // System.CommandLine handles Ctrl+C only after this method returns.
            var options = new UwqAgentOptions
            {
                Password = await password.RequireAsync(console, parsed, "Login needs the agent's password.", cancellationToken),
                Queue = parsed.GetValue(queue) ?? "",
                EbsPort = port.Read(parsed),
            };
            var output = new Output(console, parsed);
            var messages = new MessageOutput(console, output, forms.Read(parsed) ?? EbsForms.All);
            var replies = new Tally(messages);
            await using UwqSimulator simulator = link.Start(console, parsed, new()
            {
                Forms = forms.Read(parsed),
                SwitchedOff = switchedOff.Read(parsed) ?? [],
                ExpectationTimeout = expect.Read(parsed),
                OnMessage = replies.Take,
            });
            AgentIdentity identity = agent.Read(parsed);
            UwqAgent uwqAgent = simulator.AddAgent(identity.TelesetNumber, identity.AgentId, options);
            uwqAgent.Fault = fault.Read(parsed);
            output.Show(
                new() { ["kind"] = "listening", ["url"] = $"http://{uwqAgent.EbsAddress}/" },
                $"EBS listens on {uwqAgent.EbsAddress} for {identity} (type \"help\" for the commands)");
            return await RunAsync(console, output, messages, simulator, uwqAgent, replies, cancellationToken);
        });
        return command;
    }

    private static bool IsCheck(string code) => UwqRules.All.Any(rule => rule.Code == code) || ScreenPopRules.All.Any(rule => rule.Code == code);

    private static async Task<int> RunAsync(
        ToolConsole console, Output output, MessageOutput messages, UwqSimulator simulator, UwqAgent agent, Tally tally, CancellationToken cancellationToken)
    {
        var desk = new SimulatedDesk(console, output, agent);
        bool wasWell;
        try
        {
            wasWell = await desk.SignInAsync(cancellationToken) && await desk.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            wasWell = desk.AllWell;
        }
        finally
        {
            // Sign the agent out, whatever ended the command.
            await desk.SignOutAsync(CancellationToken.None);
        }

        IReadOnlyList<UwqProblem> problems = simulator.Problems;
        foreach (UwqProblem problem in tally.NotShown(problems))
        {
            messages.Show(problem);
        }

        bool isFine = wasWell && problems.Count == 0 && tally.Failures == 0;
        (string failures, string found) = (Describe.Colour(tally.Failures == 0), Describe.Colour(problems.Count == 0));
        output.Show(
            new()
            {
                ["kind"] = "simulate",
                ["callouts"] = tally.Callouts,
                ["failures"] = tally.Failures,
                ["events"] = tally.Events,
                ["problems"] = problems.Count,
            },
            $"callouts: {tally.Callouts}, [{failures}]failed: {tally.Failures}[/]; events: {tally.Events}; [{found}]problems: {problems.Count}[/]");
        return isFine ? ExitCode.Fine : ExitCode.NotFine;
    }

    /// <summary>Shows messages and counts them.</summary>
    private sealed class Tally(MessageOutput messages)
    {
        private readonly Lock _gate = new();
        private readonly HashSet<UwqProblem> _shown = [];

        public int Callouts { get; private set; }

        public int Failures { get; private set; }

        public int Events { get; private set; }

        public void Take(UwqMessage message)
        {
            lock (_gate)
            {
                Callouts += message.IsCallout ? 1 : 0;
                Failures += message is { IsCallout: true, Reply: not { IsSuccess: true } } ? 1 : 0;
                Events += message.IsCallout ? 0 : 1;
                _shown.UnionWith(message.Problems);
                messages.Show(message);
            }
        }

        public IReadOnlyList<UwqProblem> NotShown(IReadOnlyList<UwqProblem> problems)
        {
            lock (_gate)
            {
                return [.. problems.Where(problem => !_shown.Contains(problem))];
            }
        }
    }
}
