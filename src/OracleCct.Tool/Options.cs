using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Options that several commands have, and how their values are read. No message repeats a value.</summary>
internal static class Options
{
    private static readonly (string Name, EbsForms Form)[] FormNames =
    [
        ("CC", EbsForms.ContactCenter),
        ("SR", EbsForms.ServiceRequest),
        ("EBC", EbsForms.EBusinessCenter),
        ("IEX", EbsForms.Collections),
    ];

    public delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

    public static Option<string> Text(string name, string helpName, string description, bool required = false) =>
        new(name) { HelpName = helpName, Description = description, Required = required };

    public static Option<T> Parsed<T>(string name, string helpName, string description, string expectation, TryParse<T> parse, T? defaultValue = default) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            DefaultValueFactory = _ => defaultValue!,
            CustomParser = result => Parse(result, parse, $"{name} takes {expectation}."),
        };

    public static Option<T> Choice<T>(string name, string helpName, string description, IReadOnlyList<(string Name, T Value)> choices, T? defaultValue = default) => Parsed(
        name,
        helpName,
        description,
        "one of " + string.Join(", ", choices.Select(choice => choice.Name)),
        (string text, [MaybeNullWhen(false)] out T value) => TryChoose(text, choices, out value),
        defaultValue);

    public static Option<int> Port(string name, string description, int defaultValue) =>
        Parsed<int>(name, "PORT", description, "a number from 0 to 65535", TryParsePort, defaultValue);

    public static Option<TimeSpan> Seconds(string name, string description, double defaultValue) =>
        Parsed<TimeSpan>(name, "SECONDS", description, "a number of seconds above 0, up to a day", TryParseSeconds, TimeSpan.FromSeconds(defaultValue));

    public static Option<EbsForms> Forms() => Parsed<EbsForms>(
        "--forms",
        "FORMS",
        "The forms of EBS that pops may open, with commas: CC (Contact Center), SR (Service Request), EBC (eBusiness Center), IEX (Collections). [default: all four]",
        "a list of CC, SR, EBC and IEX, with commas",
        TryParseForms,
        EbsForms.All);

    /// <summary>Codes of the rules for screen pops.</summary>
    public static Option<IReadOnlyList<string>> SwitchedOff() =>
        SwitchedOff(code => ScreenPopRules.All.Any(rule => rule.Code == code), "codes of docs/screen-pops.md, with commas, such as CCT122,CCT126");

    public static Option<IReadOnlyList<string>> SwitchedOff(Func<string, bool> isCode, string expectation) => Parsed(
        "--switch-off",
        "CODES",
        "What does not count: " + expectation + ".",
        expectation,
        (string text, [MaybeNullWhen(false)] out IReadOnlyList<string> codes) =>
        {
            codes = text.Split(',', StringSplitOptions.TrimEntries);
            return codes.All(isCode);
        },
        []);

    public static string ShortName(EbsForms form) => FormNames.Single(one => one.Form == form).Name;

    public static IEnumerable<EbsForms> Each(EbsForms forms) => FormNames.Select(one => one.Form).Where(form => forms.HasFlag(form));

    /// <summary>Arguments of the form NAME=VALUE.</summary>
    public static Argument<WireFields> Pairs(string description) => new("NAME=VALUE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = description,
        DefaultValueFactory = _ => WireFields.Empty,
        CustomParser = result =>
        {
            List<WireField> pairs = [];
            foreach (Token token in result.Tokens)
            {
                int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    result.AddError("What stands beside the options has the form NAME=VALUE.");
                    return WireFields.Empty;
                }

                pairs.Add(new(token.Value[..equals], token.Value[(equals + 1)..]));
            }

            return WireFields.Create(pairs);
        },
    };

    private static T Parse<T>(ArgumentResult result, TryParse<T> parse, string problem)
    {
        if (result.Tokens.Count == 1 && parse(result.Tokens[0].Value, out T? value))
        {
            return value;
        }

        result.AddError(problem);
        return default!;
    }

    private static bool TryChoose<T>(string text, IReadOnlyList<(string Name, T Value)> choices, [MaybeNullWhen(false)] out T value)
    {
        foreach ((string name, T one) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                value = one;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;

    private static bool TryParseSeconds(string text, out TimeSpan time)
    {
        bool isTime = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 86_400;
        time = isTime ? TimeSpan.FromSeconds(seconds) : default;
        return isTime;
    }

    private static bool TryParseForms(string text, out EbsForms forms)
    {
        forms = EbsForms.None;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryChoose(name, FormNames, out EbsForms form))
            {
                return false;
            }

            forms |= form;
        }

        return true;
    }
}
