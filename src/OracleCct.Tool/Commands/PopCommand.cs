using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool.Commands;

/// <summary>Pops the screen of an EBS.</summary>
internal static class PopCommand
{
    private static readonly (string Name, ScreenPopRuleMode Mode)[] Modes =
        [("refuse", ScreenPopRuleMode.Refuse), ("report", ScreenPopRuleMode.Report), ("off", ScreenPopRuleMode.Off)];

    public static Command Create(ToolConsole console)
    {
        ParsedOption<EventTarget> to = Addresses.Listener();
        Option<string> ani = Options.Text("--ani", "NUMBER", "The caller's number (occtANI).");
        Option<string> dnis = Options.Text("--dnis", "NUMBER", "The agent's extension, in Oracle's examples (occtDNIS).");
        Option<string> id = Options.Text("--id", "ID", "The call's id (occtSourceID), for \"cct event\" to go on with. [default: a new one]");
        ParsedOption<ScreenPopRuleMode> rules = Options.Choice(
            "--rules", "MODE", "What the rules for screen pops do: refuse (errors are not sent, warnings are), report, or off.", Modes);
        ParsedOption<EbsForms> forms = Options.Forms();
        ParsedOption<IReadOnlyList<string>> switchedOff = Options.SwitchedOff();
        ParsedOption<TimeSpan> timeout = EventSender.Timeout();
        Argument<WireFields> pairs = Options.Pairs("Further pairs of the pop, such as CustomerNum=1608 or ScreenPopType=SR.");
        var command = new ToolCommand(
            "pop",
            "Sends EBS a screen pop.",
            [
                "cct pop --to 127.0.0.1:8888 --ani 4155550100 --dnis 70002 --id 42",
                "cct pop --to 127.0.0.1:8888 --ani 4155550100 --forms SR CustomerNum=1608",
                "cct event released --to 127.0.0.1:8888 --id 42",
            ],
            "It goes to where EBS listens for an agent's events, when the rules of docs/screen-pops.md find no error in it.")
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
            var pop = new ScreenPopEvent { SourceId = parsed.GetValue(id) ?? NewId(console.Time), Ani = parsed.GetValue(ani), Dnis = parsed.GetValue(dnis) };
            var options = new ScreenPopRuleOptions
            {
                Mode = rules.Read(parsed),
                Forms = forms.Read(parsed),
                SwitchedOff = switchedOff.Read(parsed) ?? [],
                CallerNumber = new() { Form = CallerNumberForm.Unchanged }, // what is typed is what is sent
            };
            ScreenPopCheck check = ScreenPopRules.Prepare(With(pop, parsed.GetValue(pairs)!), options);
            return RunAsync(new Output(console, parsed), to.Read(parsed)!, timeout.Read(parsed), check, cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(Output output, EventTarget target, TimeSpan timeout, ScreenPopCheck check, CancellationToken cancellationToken)
    {
        foreach (ScreenPopFinding finding in check.Findings)
        {
            output.Show(
                Describe.Json(finding),
                $"[{Describe.Colour(finding.Severity)}]{finding.Code} {Describe.Severity(finding.Severity)}[/]: {Describe.Sentences(finding)}");
        }

        return check.IsRefused
            ? Task.FromResult(EventSender.Refuse(output, target, check.ScreenPop))
            : EventSender.SendAsync(output, target, timeout, check.ScreenPop, cancellationToken);
    }

    /// <summary>Time and chance, within the 30 characters that every form takes.</summary>
    private static string NewId(TimeProvider time) =>
        time.GetUtcNow().ToString("yyMMddHHmmss", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>The pop with further pairs, of which the examples' have properties.</summary>
    private static ScreenPopEvent With(ScreenPopEvent pop, WireFields pairs)
    {
        WireFields seen = WireFields.Empty;
        foreach (WireField pair in pairs)
        {
            ScreenPopEvent next = pair.Name switch
            {
                ScreenPopKeys.SourceId => throw new UsageException("The call's id has an option of its own: --id."),
                ScreenPopKeys.Ani => throw new UsageException("The caller's number has an option of its own: --ani."),
                ScreenPopKeys.Dnis => throw new UsageException("occtDNIS has an option of its own: --dnis."),
                ScreenPopKeys.CustomerId => pop with { CustomerId = pair.Value },
                ScreenPopKeys.ContactNum => pop with { ContactNum = pair.Value },
                ScreenPopKeys.ScreenPopType => pop with { ScreenPopType = new(pair.Value) },
                ScreenPopKeys.Classification => pop with { Classification = new(pair.Value) },
                ScreenPopKeys.AccountNum => pop with { AccountNum = pair.Value },
                ScreenPopKeys.EventCode => pop with { EventCode = pair.Value },
                ScreenPopKeys.ServiceRequestNum => pop with { ServiceRequestNum = pair.Value },
                ScreenPopKeys.CampaignScheduleName => pop with { CampaignScheduleName = pair.Value },
                ScreenPopKeys.LastOperationCode => pop with { LastOperationCode = pair.Value },
                ScreenPopKeys.Language => pop with { Language = pair.Value },
                _ => pop with { ExtraFields = pop.ExtraFields.Add(pair.Name, pair.Value) },
            };
            if (next.ExtraFields.Count == pop.ExtraFields.Count)
            {
                foreach (WireField earlier in seen)
                {
                    if (earlier.Name == pair.Name)
                    {
                        throw new UsageException($"{pair.Name} stands twice.");
                    }
                }

                seen = seen.Add(pair.Name, pair.Value);
            }

            pop = next;
        }

        return pop;
    }
}
