using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct lint</c>, which checks a message.</summary>
internal static class LintCommand
{
    // The command reads no more than this. CctDoctor then reports that the text is too long.
    private const int MostBytes = 1 << 20;

    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE")
        {
            Description = "A file with an event document (XML) or a callout (query string, URL or request line). Use - for standard input.",
        };
        ParsedOption<EbsForms?> forms = Options.Forms();
        ParsedOption<IReadOnlyList<string>> switchedOff = Options.SwitchedOff();
        var command = new ToolCommand(
            "lint",
            "Checks a message.",
            [
                "cct lint pop.xml",
                "cct lint pop.xml --forms SR,IEX --switch-off CCT122",
                "echo '/?FunctionName=Ready&telesetNumber=70002&agentID=7001' | cct lint -",
            ],
            "Reports why a text cannot be read, or what EBS's forms do with a screen pop by the rules of docs/screen-pops.md. "
            + "Each finding has a line and a column. The exit code is 1 for warnings, too.")
        {
            file,
            forms,
            switchedOff,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetValue(file)!;
            byte[] bytes = await ReadAsync(console, name, cancellationToken);
            string shown = name == "-" ? "standard input" : name;
            return Run(new Output(console, parsed), shown, bytes, forms.Read(parsed) ?? EbsForms.All, switchedOff.Read(parsed) ?? []);
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(ToolConsole console, string name, CancellationToken cancellationToken)
    {
        await using Stream stream = name == "-" ? console.Input : TextFile.Open(name);
        byte[] text = new byte[MostBytes];
        int length = await stream.ReadAtLeastAsync(text, MostBytes, throwOnEndOfStream: false, cancellationToken);
        return text[..length];
    }

    private static int Run(Output output, string file, byte[] bytes, EbsForms forms, IReadOnlyList<string> switchedOff)
    {
        // A document without a mark may use the encoding that it declares. The library reads the encoding from the bytes, and tells a document from a callout.
        string? text = MarkedText.Decode(bytes);
        string? url = text is null ? null : RequestLine.UrlIn(text, file);
        IReadOnlyList<CctDiagnosis> diagnoses = url is null ? CctDoctor.Examine(bytes) : CctDoctor.Examine(url);
        foreach (CctDiagnosis diagnosis in diagnoses)
        {
            Show(output, file, diagnosis);
        }

        int findings = diagnoses.Count;
        if (CctXmlFormatter.Default.TryRead(bytes, out IReadOnlyList<CctEvent>? events, out _))
        {
            // If only the document names its encoding, each byte counts as one character of a place.
            var places = new DataPlaces(text ?? Encoding.Latin1.GetString(bytes));
            for (int i = 0; i < events.Count; i++)
            {
                IReadOnlyList<ScreenPopFinding> found = events[i] is ScreenPopEvent pop ? ScreenPopRules.Check(pop, forms) : [];
                foreach (ScreenPopFinding finding in found.Where(one => !switchedOff.Contains(one.Code)))
                {
                    findings++;
                    Show(output, file, finding, places.Of(i, finding.Key));
                }
            }
        }

        string? message = events is not null ? string.Join(", ", events.Select(one => one.Name).DefaultIfEmpty("an empty document"))
            : CalloutQueryFormatter.Default.TryRead(url ?? text, out Callout? callout, out _) ? SafeText.Function(callout)
            : null;
        bool isFine = message is not null && findings == 0;
        message ??= "no readable message";
        var summary = new JsonObject { ["kind"] = "lint", ["file"] = file, ["message"] = message, ["findings"] = findings };
        output.Show(summary, $"{file}: {message}, [{Describe.Colour(isFine)}]{(isFine ? "no findings" : $"findings: {findings}")}[/]");
        return isFine ? ExitCode.Fine : ExitCode.NotFine;
    }

    private static void Show(Output output, string file, CctDiagnosis diagnosis)
    {
        var json = new JsonObject
        {
            ["kind"] = "diagnosis",
            ["file"] = file,
            ["line"] = diagnosis.Line,
            ["column"] = diagnosis.Column,
            ["diagnosis"] = diagnosis.Kind.ToString(),
            ["count"] = diagnosis.Count,
            ["problem"] = diagnosis.Problem,
            ["advice"] = diagnosis.Advice,
        };
        string count = diagnosis.Count > 1 ? $" ({diagnosis.Count} in total)" : "";
        output.Show(json, $"{file}:{diagnosis.Line}:{diagnosis.Column}: [red]{diagnosis.Kind}[/]: {diagnosis.Problem}{count} {diagnosis.Advice}");
    }

    private static void Show(Output output, string file, ScreenPopFinding finding, (int Line, int Column) place)
    {
        JsonObject json = Describe.Json(finding);
        json["file"] = file;
        json["line"] = place.Line;
        json["column"] = place.Column;
        string severity = Describe.Severity(finding.Severity);
        output.Show(
            json,
            $"{file}:{place.Line}:{place.Column}: [{Describe.Colour(finding.Severity)}]{finding.Code} {severity}[/]: {Describe.Sentences(finding)}");
    }
}
