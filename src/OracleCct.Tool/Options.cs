using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Creates the options that several commands share, and reads their values. No message repeats a value.</summary>
internal static class Options
{
    private static readonly (string Name, EbsForms Form)[] FormNames =
    [
        ("CC", EbsForms.ContactCenter),
        ("SR", EbsForms.ServiceRequest),
        ("EBC", EbsForms.EBusinessCenter),
        ("IEX", EbsForms.Collections),
    ];

    public static Option<string> Text(string name, string helpName, string description, bool required = false, string? defaultText = null)
    {
        var option = new Option<string>(name) { HelpName = helpName, Description = description, Required = required };
        if (defaultText is not null)
        {
            option.DefaultValueFactory = _ => defaultText;
        }

        return option;
    }

    /// <summary>Creates an option with a fixed set of values.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="helpName">The placeholder of the value in the help.</param>
    /// <param name="description">The description in the help.</param>
    /// <param name="choices">The values. The first one is the default.</param>
    public static ParsedOption<T> Choice<T>(string name, string helpName, string description, IReadOnlyList<(string Name, T Value)> choices) => new(
        name,
        helpName,
        description,
        "one of " + string.Join(", ", choices.Select(choice => choice.Name)),
        (string text, [MaybeNullWhen(false)] out T value) => TryChoose(text, choices, out value),
        choices[0].Name);

    public static ParsedOption<int> Port(string name, string description, string defaultText) =>
        new(name, "PORT", description, "a number from 0 to 65535", TryParsePort, defaultText);

    public static ParsedOption<TimeSpan> Seconds(string name, string description, string defaultText) =>
        new(name, "SECONDS", description, "a number of seconds greater than 0, up to a day", TryParseSeconds, defaultText);

    /// <summary>Creates the option that names EBS's forms. Its value is null if no forms are named.</summary>
    public static ParsedOption<EbsForms?> Forms() => new(
        "--forms",
        "FORMS",
        "The forms of EBS that pops may open, separated by commas: CC (Contact Center), SR (Service Request), EBC (eBusiness Center), IEX (Collections). "
        + "[default: not known, so all four are checked]",
        "a comma-separated list of CC, SR, EBC and IEX",
        TryParseForms);

    /// <summary>Creates the option that disables rules for screen pops.</summary>
    public static ParsedOption<IReadOnlyList<string>> SwitchedOff() =>
        SwitchedOff(code => ScreenPopRules.All.Any(rule => rule.Code == code), "comma-separated codes of docs/screen-pops.md, such as CCT122,CCT126");

    public static ParsedOption<IReadOnlyList<string>> SwitchedOff(Func<string, bool> isCode, string expectation) => new(
        "--switch-off",
        "CODES",
        "The checks to disable: " + expectation + ".",
        expectation,
        (string text, [MaybeNullWhen(false)] out IReadOnlyList<string> codes) =>
        {
            codes = text.Split(',', StringSplitOptions.TrimEntries);
            return codes.All(isCode);
        });

    public static string ShortName(EbsForms form) => FormNames.Single(one => one.Form == form).Name;

    public static IEnumerable<EbsForms> Each(EbsForms forms) => FormNames.Select(one => one.Form).Where(form => forms.HasFlag(form));

    /// <summary>Creates the argument that takes pairs of the form NAME=VALUE.</summary>
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
                if (equals <= 0 || token.Value[0] == '-')
                {
                    result.AddError("An argument that is not an option must have the form NAME=VALUE.");
                    return WireFields.Empty;
                }

                pairs.Add(new(token.Value[..equals], token.Value[(equals + 1)..]));
            }

            return WireFields.Create(pairs);
        },
    };

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
        bool isTime = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0.001 and <= 86_400;
        time = isTime ? TimeSpan.FromSeconds(seconds) : default;
        return isTime;
    }

    private static bool TryParseForms(string text, [NotNullWhen(true)] out EbsForms? forms)
    {
        EbsForms named = EbsForms.None;
        forms = null;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryChoose(name, FormNames, out EbsForms form))
            {
                return false;
            }

            named |= form;
        }

        forms = named;
        return true;
    }
}
