using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>Shows callouts with their replies, and events with the field that each of EBS's forms uses.</summary>
internal sealed class MessageOutput(ToolConsole console, Output output, EbsForms forms = EbsForms.All)
{
    public void Show(UwqMessage message)
    {
        if (message is { IsCallout: true, Reply: { } reply })
        {
            ShowCallout(message, reply);
        }
        else if (!message.IsCallout)
        {
            ShowEvent(message);
        }

        foreach (UwqProblem problem in message.Problems)
        {
            Show(problem);
        }
    }

    public void Show(UwqProblem problem)
    {
        string severity = problem.Severity == UwqProblemSeverity.Error ? "error" : "warning";
        var json = new JsonObject
        {
            ["kind"] = "problem",
            ["code"] = problem.Code,
            ["severity"] = severity,
            ["telesetNumber"] = problem.Agent?.TelesetNumber,
            ["agentID"] = problem.Agent?.AgentId,
            ["message"] = problem.Message,
        };
        string colour = problem.Severity == UwqProblemSeverity.Error ? "red" : "yellow";
        output.Show(json, $"             [{colour}]{problem.Code} {severity}[/]: {problem.Message}");
    }

    private void ShowCallout(UwqMessage message, UwqReply reply)
    {
        var json = new JsonObject
        {
            ["time"] = Describe.IsoTime(message.At),
            ["kind"] = "callout",
            ["function"] = message.Name,
            ["telesetNumber"] = message.Agent?.TelesetNumber,
            ["agentID"] = message.Agent?.AgentId,
            ["query"] = message.Text,
            ["outcome"] = reply.Kind.ToString(),
            ["status"] = reply.StatusCode,
            ["message"] = reply.ErrorMessage,
            ["attempts"] = reply.Attempts,
            ["ms"] = Describe.Milliseconds(reply.Duration),
        };
        string name = message.Name.Length > 0 ? message.Name : "Callout";
        string of = message.Agent is { } agent ? $" of {agent}" : "";
        output.Show(
            json,
            $"[grey]{Describe.Time(console, message.At)}[/] [bold]{name}[/]{of} -> [{Describe.Colour(reply.IsSuccess)}]{Describe.Reply(reply)}[/]");
        if (!reply.IsSuccess)
        {
            output.Say($"             {message.Text}");
        }
    }

    private void ShowEvent(UwqMessage message)
    {
        var uses = message.Event is ScreenPopEvent screenPop
            ? Options.Each(forms).Select(form => (Form: Options.ShortName(form), Field: ScreenPopPrecedence.Of(form).FieldUsed(screenPop))).ToList()
            : [];
        var json = new JsonObject
        {
            ["time"] = Describe.IsoTime(message.At),
            ["kind"] = "event",
            ["telesetNumber"] = message.Agent?.TelesetNumber,
            ["agentID"] = message.Agent?.AgentId,
            ["event"] = message.Name,
            ["call"] = (message.Event as CallEvent)?.SourceId,
            ["xml"] = message.Text,
            ["fault"] = message.Fault == UwqFault.None ? null : Faults.NameOf(message.Fault),
            ["uses"] = uses.Count == 0 ? null : new JsonObject(uses.Select(use => KeyValuePair.Create(use.Form, (JsonNode?)use.Field?.Name))),
        };
        string what = message.Event is { } cctEvent ? Describe.Event(cctEvent) : "An unreadable event";
        string fault = message.Fault == UwqFault.None ? "" : $" (fault: {Faults.NameOf(message.Fault)})";
        output.Show(json, $"[grey]{Describe.Time(console, message.At)}[/] [bold]{what}[/]{(message.Agent is { } agent ? $" for {agent}" : "")}{fault}");
        if (message.Event is ScreenPopEvent pop)
        {
            output.Table(pop.GetPairs().Select(pair => new[] { "           ", pair.Name, pair.Value }));
            output.Table(uses.Select(use => new[] { "           ", $"{use.Form} uses", use.Field is { } field ? $"{field.Name} {field.Value}" : "nothing" }));
        }
        else if (message.Event is null)
        {
            output.Say($"             {message.Text}");
        }
    }
}
