using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct pop</c>, which sends EBS a screen pop.</summary>
internal static class PopCommand
{
    private static readonly (string Name, ScreenPopRuleMode Mode)[] Modes =
        [("refuse", ScreenPopRuleMode.Refuse), ("report", ScreenPopRuleMode.Report), ("off", ScreenPopRuleMode.Off)];

    public static Command Create(ToolConsole console)
    {
        ParsedOption<EventTarget> to = Addresses.Ebs();
        Option<string> ani = Options.Text("--ani", "NUMBER", "The number of the caller (occtANI).");
        Option<string> dnis = Options.Text("--dnis", "NUMBER", "The number that was called (occtDNIS). In Oracle's examples it is the agent's extension.");
        Option<string> id = Options.Text("--id", "ID", "The ID of the call (occtSourceID). Pass it to \"cct event\" for later events. [default: a new ID]");
        ParsedOption<ScreenPopRuleMode> rules = Options.Choice(
            "--rules", "MODE", "What the rules for screen pops do: refuse (a pop with an error in the named forms is not sent), report, or off.", Modes);
        ParsedOption<EbsForms?> forms = Options.Forms();
        ParsedOption<IReadOnlyList<string>> switchedOff = Options.SwitchedOff();
        ParsedOption<TimeSpan> timeout = EventSender.Timeout();
        Argument<WireFields> pairs = Options.Pairs("More pairs of the pop, such as CustomerNum=1608 or ScreenPopType=SR.");
        var command = new ToolCommand(
            "pop",
            "Sends EBS a screen pop.",
            [
                "cct pop --to 127.0.0.1:8888 --ani 4155550100 --dnis 70002 --id 42",
                "cct pop --to 127.0.0.1:8888 --ani 4155550100 --forms SR CustomerNum=1608",
                "cct event released --to 127.0.0.1:8888 --id 42",
            ],
            "Sends the pop to the address where EBS listens for the agent's events, unless the rules of docs/screen-pops.md refuse it. "
            + "Without --forms, they refuse only what fails in every form or endangers EBS, and report the rest.")
        {
            to,
            ani,
            dnis,
            id,
            rules,
            forms,
            switchedOff,
            timeout,
            pairs,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var pop = new ScreenPopEvent(parsed.GetValue(id) ?? ScreenPopEvent.NewSourceId(), parsed.GetValue(ani), parsed.GetValue(dnis));
            var options = new ScreenPopRuleOptions
            {
                Mode = rules.Read(parsed),
                Forms = forms.Read(parsed),
                SwitchedOff = switchedOff.Read(parsed) ?? [],
                CallerNumber = new() { Form = CallerNumberForm.Unchanged }, // Send the number as the user typed it.
            };
            ScreenPopCheck check = ScreenPopRules.Prepare(With(pop, parsed.GetValue(pairs)!), options);
            return RunAsync(console, new Output(console, parsed), to.Read(parsed)!, timeout.Read(parsed), check, cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(
        ToolConsole console, Output output, EventTarget target, TimeSpan timeout, ScreenPopCheck check, CancellationToken cancellationToken)
    {
        foreach (ScreenPopFinding finding in check.Findings)
        {
            output.Show(
                Describe.Json(finding),
                $"[{Describe.Colour(finding.Severity)}]{finding.Code} {Describe.Severity(finding.Severity)}[/]: {Describe.Sentences(finding)}");
        }

        return check.IsRefused
            ? Task.FromResult(EventSender.Refuse(output, target, check.ScreenPop))
            : EventSender.SendAsync(console, output, target, timeout, check.ScreenPop, cancellationToken);
    }

    /// <summary>Returns the pop with more pairs. A name without a property may occur more than once, so that the rules can report it.</summary>
    private static ScreenPopEvent With(ScreenPopEvent pop, WireFields pairs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (WireField pair in pairs)
        {
            ScreenPopEvent next = pair.Name switch
            {
                ScreenPopKeys.SourceId => throw new UsageException("occtSourceID cannot be a NAME=VALUE pair. Use --id."),
                ScreenPopKeys.Ani => throw new UsageException("occtANI cannot be a NAME=VALUE pair. Use --ani."),
                ScreenPopKeys.Dnis => throw new UsageException("occtDNIS cannot be a NAME=VALUE pair. Use --dnis."),
                _ => pop.WithPair(pair.Name, pair.Value),
            };
            bool hasProperty = ReferenceEquals(next.ExtraFields, pop.ExtraFields);
            if (!names.Add(pair.Name) && hasProperty)
            {
                throw new UsageException($"{pair.Name} appears twice. Use each name once.");
            }

            pop = hasProperty ? next : pop with { ExtraFields = pop.ExtraFields.Add(pair.Name, pair.Value) };
        }

        return pop;
    }
}
