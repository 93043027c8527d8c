using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Checks screen pops by rules that describe how EBS's forms treat them.</summary>
/// <remarks>
/// Safe to use from several threads. A check takes time in proportion to the pop. <c>docs/screen-pops.md</c> describes the rules. Unless the text of a finding
/// says otherwise, its source is the behaviour of EBS's own code.
/// </remarks>
public static class ScreenPopRules
{
    private const int GenericFormLength = 1850;
    private const int CollectionsLength = 500;

    private const ScreenPopSeverity Error = ScreenPopSeverity.Error;
    private const ScreenPopSeverity Warning = ScreenPopSeverity.Warning;

    private static readonly Dictionary<string, int> Places;

    static ScreenPopRules()
    {
        All = Array.AsReadOnly<ScreenPopRule>(
        [
            new("CCT101", Error, "a double quote in a value", DoubleQuote),
            new("CCT102", Error, "a control character in a value, or a character that XML cannot represent", ControlCharacter),
            new(
                "CCT103",
                Error,
                "a name that is empty or contains white space, a double quote, an equals sign, a control character "
                + "or a character that XML cannot represent",
                BadName),
            new("CCT104", Error, "a name that is reserved for EBS's forms", Reserved),
            new("CCT105", Error, "a name that EBS adds itself", AddedByEbs),
            new("CCT106", Error, "a caller's number with other characters than digits, where Service Request may open", AniNoNumber),
            new("CCT107", Error, "a phone number with other characters than digits", PhoneNumberNoDigits),
            new("CCT108", Error, "a value that is not a number, in a key that a form converts to one", KeyNoNumber),
            new("CCT109", Error, "a key that is sent twice", Duplicate),
            new("CCT110", Error, "an empty value in a key that a form reads", Empty),
            new("CCT111", Error, "a name or value that is too long for a form", TooLong),
            new("CCT112", Error, "a caller without a number, where the caller-number policy requires one", NoCallerNumber),
            new("CCT121", Warning, "a name that is a known key in the wrong case, or similar to one", NearName),
            new("CCT122", Warning, "more than one business key", SeveralBusinessKeys),
            new("CCT123", Warning, "AccountNum, which no form reads", AccountNumForAccountCode),
            new("CCT124", Warning, "CustomerID with a value that looks like a customer number", CustomerIdForCustomerNum),
            new("CCT125", Warning, "pairs beyond the length that EBS passes on", FallsOff),
            new("CCT126", Warning, "an extension as the caller's number", ExtensionAsAni),
            new("CCT127", Warning, "CreateSR in the wrong case", CreateInAnotherCase),
            new("CCT128", Warning, "a caller's number that the caller-number policy left out", NumberLeftOut),
        ]);
        Places = All.Select((rule, place) => (rule.Code, place)).ToDictionary(one => one.Code, one => one.place, StringComparer.Ordinal);
    }

    /// <summary>Gets every rule, sorted by code: the errors come first.</summary>
    public static IReadOnlyList<ScreenPopRule> All { get; }

    /// <summary>Checks a pop by every rule.</summary>
    /// <param name="screenPop">The pop.</param>
    /// <param name="forms">The forms that it may open.</param>
    /// <returns>The findings by code, and for one code in the order of the wire. Empty when there are none. The list never changes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="forms"/> names no form, or is not a valid combination.</exception>
    public static IReadOnlyList<ScreenPopFinding> Check(ScreenPopEvent screenPop, EbsForms forms = EbsForms.All) =>
        Check(new CheckedPop(screenPop ?? throw new ArgumentNullException(nameof(screenPop)), EbsFormNames.Named(forms, nameof(forms))), All);

    /// <summary>
    /// Prepares a pop for sending, as a desktop does: rewrites the caller's number, checks by the rules that are switched on, and decides whether to send it.
    /// </summary>
    /// <param name="screenPop">The pop.</param>
    /// <param name="options">How to check; null uses the defaults.</param>
    /// <returns>The pop to send, the findings, and whether the pop is refused.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    public static ScreenPopCheck Prepare(ScreenPopEvent screenPop, ScreenPopRuleOptions? options = null)
    {
        _ = screenPop ?? throw new ArgumentNullException(nameof(screenPop));
        options ??= ScreenPopRuleOptions.Default;
        bool hasNumber = options.CallerNumber.TryApply(screenPop.Ani, out string? ani);
        LostNumber lostNumber =
            !hasNumber ? LostNumber.Missing
            : ani is null && !string.IsNullOrWhiteSpace(screenPop.Ani) ? LostNumber.LeftOut
            : LostNumber.None;
        if (ani != screenPop.Ani)
        {
            screenPop = screenPop with { Ani = ani };
        }

        IEnumerable<ScreenPopRule> rules =
            options.Mode == ScreenPopRuleMode.Off ? []
            : options.SwitchedOff.Count == 0 ? All
            : All.Where(rule => !options.SwitchedOff.Contains(rule.Code));
        ValueList<ScreenPopFinding> findings = Check(new CheckedPop(screenPop, options.Forms ?? EbsForms.All, lostNumber), rules);
        bool isRefused = options.Mode == ScreenPopRuleMode.Refuse
            && findings.Any(finding => finding.Severity == Error && (options.Forms is not null || finding.IsUniversal));
        return new(screenPop, findings, isRefused);
    }

    internal static bool Has(string code) => Places.ContainsKey(code);

    private static ValueList<ScreenPopFinding> Check(CheckedPop pop, IEnumerable<ScreenPopRule> rules)
    {
        List<ScreenPopFinding> findings = [];
        foreach (ScreenPopRule rule in rules)
        {
            rule.Check(pop, findings);
        }

        return new(findings);
    }

    private static Flaw? DoubleQuote(CheckedPair pair) =>
        pair.Value.AsSpan().IndexOf('"') >= 0
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.NameInWords} contains a double quote.",
                "EBS puts values between double quotes without escaping them, so the form receives other parameters than were sent.",
                "Remove it, or use an apostrophe.",
                IsUniversal: true)
            : null;

    private static Flaw? ControlCharacter(CheckedPair pair) =>
        HasControls(pair.Value)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.NameInWords} contains a control character, such as a tab or a line break, or a character that XML cannot represent, "
                + "such as half a surrogate pair.",
                "EBS passes parameters on as one line of text, in which a control character may end the value (inferred). "
                + "What XML cannot represent cannot be sent.",
                "Replace it with a space, or remove it.",
                IsUniversal: true)
            : null;

    private static Flaw? BadName(CheckedPair pair) =>
        !pair.IsSpelledAsKey && (pair.Name.Length == 0 || HasControls(pair.Name) || pair.Name.Any(c => char.IsWhiteSpace(c) || c is '"' or '='))
            ? new(
                null,
                pair.Pop.Forms,
                "A pair's name is empty, or contains white space, a double quote, an equals sign, a control character "
                + "or a character that XML cannot represent.",
                "EBS separates names from values by these characters, so the form receives other parameters than were sent (inferred). "
                + "What XML cannot represent cannot be sent.",
                "Use letters, digits and underscores for the name.",
                IsUniversal: true)
            : null;

    private static Flaw? Reserved(CheckedPair pair) =>
        !pair.IsSpelledAsKey && ReservedNames.IsSwitch(pair.Name)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.ShownName ?? "A pair's name"} is reserved.",
                "It tells a form that the call was transferred or the customer was already found, so the form does not search for the caller.",
                "Use another name for the pair.",
                IsUniversal: true)
            : null;

    private static Flaw? AddedByEbs(CheckedPair pair) =>
        !pair.IsSpelledAsKey && ReservedNames.IsAddedByEbs(pair.Name)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.ShownName} is a name that EBS adds to each pop itself.",
                "The pair is then there twice, and which of the two a form reads depends on the form (inferred).",
                "Remove it.",
                IsUniversal: true)
            : null;

    private static Flaw? AniNoNumber(CheckedPair pair) =>
        (pair.Pop.Forms & EbsForms.ServiceRequest) != 0 && pair.Name == ScreenPopKeys.Ani && !pair.IsEmpty && !pair.IsNumber
            ? new(
                ScreenPopKeys.Ani,
                EbsForms.ServiceRequest,
                $"{ScreenPopKeys.Ani} contains other characters than digits, or more than 38 digits.",
                "Service Request converts it to a number and does not handle the error: the pop fails, even if another key would have found the customer.",
                "Send only digits, as a caller-number policy does, and no number for a caller without one.")
            : null;

    private static Flaw? PhoneNumberNoDigits(CheckedPair pair) =>
        pair.Name == ScreenPopKeys.PhoneNumber && !pair.IsEmpty && !PhoneDigits.AreAll(pair.Value)
            ? new(
                ScreenPopKeys.PhoneNumber,
                pair.Pop.Forms,
                $"{ScreenPopKeys.PhoneNumber} contains other characters than digits.",
                "Service Request puts it into an SQL statement unescaped: at best the search fails, at worst the caller changes the statement.",
                "Send only digits.",
                IsUniversal: true)
            : null;

    private static Flaw? KeyNoNumber(CheckedPair pair)
    {
        EbsForms forms = pair.Key is null ? EbsForms.None : pair.Key.NumberIn & pair.KnownIn;
        return forms != EbsForms.None && pair.Key!.Name != ScreenPopKeys.Ani && !pair.IsEmpty && !pair.IsNumber
            ? new(
                pair.Key.Name,
                forms,
                $"{pair.Key.Name} contains other characters than digits, or more than 38 digits.",
                $"{EbsFormNames.Describe(forms, "convert")} it to a number, so the pop fails there.",
                $"Send only digits: {pair.Key.Name} is the {pair.Key.Meaning}.")
            : null;
    }

    private static IEnumerable<Flaw> Duplicate(CheckedPop pop)
    {
        if (!pop.HasNamesAlike)
        {
            yield break;
        }

        // The entries of EbsForms.None are the names as they are spelled.
        var seen = new HashSet<(EbsForms Form, string Name)>();
        foreach (CheckedPair pair in pop.Pairs)
        {
            bool isSpelledAlike = !seen.Add((EbsForms.None, pair.Name));
            EbsForms forms = EbsForms.None;
            foreach (EbsForms form in EbsFormNames.Each(pop.Forms))
            {
                forms |= seen.Add((form, pair.NameIn(form))) ? EbsForms.None : form;
            }

            if (forms != EbsForms.None)
            {
                string difference = isSpelledAlike ? "" : $", in a different case, which {EbsFormNames.Describe(forms, "ignore")}";
                yield return new(
                    pair.ShownName,
                    forms,
                    $"{pair.NameInWords} is sent more than once{difference}.",
                    "Some readers use the first value and some the last.",
                    "Send it once.",
                    IsUniversal: isSpelledAlike);
            }
        }
    }

    private static Flaw? Empty(CheckedPair pair)
    {
        bool isId = pair.Key?.Name == ScreenPopKeys.SourceId;
        EbsForms forms = pair.Key is null ? EbsForms.None : isId ? pair.KnownIn : pair.Key.ReadBy & pair.KnownIn;
        return forms != EbsForms.None && pair.IsEmpty
            ? new(
                pair.Key!.Name,
                forms,
                $"{pair.Key.Name} is empty.",
                isId ? "EBS cannot distinguish the call from others."
                    : ScreenPopPrecedence.IsRanked(pair.Key, forms) && pair.Key.Name != ScreenPopKeys.Ani
                        ? "An empty key can take precedence over the others, and then the form finds no customer."
                    : "An empty key has no effect.",
                isId ? "Send the id that the other events of the call carry." : "Omit the key: use null instead of an empty string.",
                IsUniversal: isId && pair.IsSpelledAsKey)
            : null;
    }

    private static IEnumerable<Flaw> TooLong(CheckedPop pop)
    {
        foreach (CheckedPair pair in pop.Pairs)
        {
            if (CheckedPair.IsLonger(pair.Name, ScreenPopKeys.MaxNameLength))
            {
                yield return new(
                    null,
                    pop.Forms,
                    $"A pair's name is longer than {Text(ScreenPopKeys.MaxNameLength)} bytes.",
                    "EBS's variables are too short for it, so the pop fails.",
                    "Shorten the name.",
                    IsUniversal: true);
            }

            int limit = pair.MaxLengthIn(pop.Forms);
            if (CheckedPair.IsLonger(pair.Value, limit))
            {
                EbsForms forms = EbsForms.None;
                foreach (EbsForms form in EbsFormNames.Each(pop.Forms))
                {
                    forms |= CheckedPair.IsLonger(pair.Value, pair.MaxLengthIn(form)) ? form : EbsForms.None;
                }

                yield return new(
                    pair.ShownName,
                    forms,
                    $"{pair.NameInWords} is longer than {Text(limit)} bytes.",
                    $"It is too long for {EbsFormNames.Describe(forms)}, so the pop fails there.",
                    pair.Name == ScreenPopKeys.SourceId
                        ? $"Use an id of at most {Text(limit)} bytes: a GUID has 36, and 32 without its hyphens."
                        : "Shorten it, or omit it.",
                    IsUniversal: EbsFormNames.Each(EbsForms.All).All(form => CheckedPair.IsLonger(pair.Value, pair.MaxLengthIn(form))));
            }
        }
    }

    private static IEnumerable<Flaw> NoCallerNumber(CheckedPop pop) => pop.LostNumber != LostNumber.Missing ? [] :
    [
        new(
            ScreenPopKeys.Ani,
            pop.Forms,
            "The caller withholds the number, or it contains other characters than digits and separators.",
            "EBS searches for callers by digits, and Service Request fails on anything else.",
            "Set the policy to omit the number or to send a fixed one.",
            IsUniversal: true),
    ];

    private static IEnumerable<Flaw> NumberLeftOut(CheckedPop pop) => pop.LostNumber != LostNumber.LeftOut ? [] :
    [
        new(
            ScreenPopKeys.Ani,
            pop.Forms,
            $"The caller's number contains other characters than digits and separators, so {ScreenPopKeys.Ani} is not sent.",
            "EBS searches by the other keys, or opens an empty form.",
            "Pass a telephone number, or set a caller-number policy that sends a fixed number or leaves numbers unchanged."),
    ];

    private static Flaw? NearName(CheckedPair pair)
    {
        bool isKnown = pair.IsSpelledAsKey || ReservedNames.IsSwitch(pair.Name) || ReservedNames.IsAddedByEbs(pair.Name);
        ScreenPopKey? near = isKnown ? null : NearNames.Find(pair.Name);
        return near is not null
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.NameInWords} is similar to a known key, but spelled differently.",
                EffectOfNearName(pair),
                $"If you mean {near.UseInstead ?? near.Name}, spell it exactly so.")
            : null;
    }

    private static string EffectOfNearName(CheckedPair pair)
    {
        if (pair.Key is null)
        {
            return "EBS ignores names that it does not know.";
        }

        EbsForms reading = pair.Key.ReadBy & pair.KnownIn;
        EbsForms passing = pair.Key.ReadBy & pair.Pop.Forms & ~pair.KnownIn;
        return (passing, reading) switch
        {
            (EbsForms.None, EbsForms.None) => "None of the checked forms reads this key; other readers may be case-sensitive (inferred).",
            (EbsForms.None, _) => $"{EbsFormNames.Describe(reading, "read")} it in any case; other forms may ignore it.",
            (_, EbsForms.None) => $"{EbsFormNames.Describe(passing, "ignore")} it, because its case differs.",
            _ => $"{EbsFormNames.Describe(passing, "ignore")} it, because its case differs; {EbsFormNames.Describe(reading, "read")} it.",
        };
    }

    private static IEnumerable<Flaw> SeveralBusinessKeys(CheckedPop pop)
    {
        CheckedPair[] business = Array.FindAll(
            pop.Pairs, pair => pair.Key is { IsBusinessKey: true } key && !pair.IsEmpty && ScreenPopPrecedence.IsRanked(key, pair.KnownIn));
        if (business.Length < 2)
        {
            return [];
        }

        string[] names = [.. business.Select(pair => pair.Key!.Name).Distinct()];
        int subjects = business.Select(pair => (pair.Key!.Subject, pair.Key.Subject == ScreenPopKeys.PhoneSubject ? "" : pair.Value)).Distinct().Count();
        if (names.Length < 2 || subjects < 2)
        {
            return [];
        }

        IEnumerable<string> uses = EbsFormNames.Each(pop.Forms)
            .Select(form => $"{EbsFormNames.Describe(form)} uses {ScreenPopPrecedence.Of(form).PairUsed(pop)?.Key!.Name ?? "none of them"}");
        return
        [
            new(
                null,
                pop.Forms,
                $"{Words.List(names)} are sent together.",
                $"Each form uses one of them: {Words.List(uses)}.",
                "Send only the key that you mean."),
        ];
    }

    private static Flaw? AccountNumForAccountCode(CheckedPair pair) =>
        pair.Name == ScreenPopKeys.AccountNum && !pair.Pop.HasAccountCode
            ? new(
                ScreenPopKeys.AccountNum,
                pair.Pop.Forms,
                $"{ScreenPopKeys.AccountNum} is sent and {ScreenPopKeys.AccountCode} is not.",
                $"EBS registers {ScreenPopKeys.AccountNum}, but no form reads it.",
                $"Send the account number as {ScreenPopKeys.AccountCode}.")
            : null;

    private static Flaw? CustomerIdForCustomerNum(CheckedPair pair) =>
        pair.Name == ScreenPopKeys.CustomerId
        && !pair.IsEmpty
        && (!PhoneDigits.AreAll(pair.Value) || pair.Value[0] == '0' || pair.Pop.CustomerNumbers.Contains(pair.Value))
            ? new(
                ScreenPopKeys.CustomerId,
                pair.Pop.Forms,
                $"{ScreenPopKeys.CustomerId} looks like a customer number: it contains other characters than digits, begins with a zero, "
                + "or is also sent as a customer or account number.",
                $"{ScreenPopKeys.CustomerId} is EBS's internal party id: a form that reads it finds another customer or none, and the other forms ignore it.",
                $"Send a customer number as {ScreenPopKeys.CustomerNum}.")
            : null;

    private static IEnumerable<Flaw> FallsOff(CheckedPop pop)
    {
        (EbsForms Forms, int Length, string Effect)[] ends =
        [
            (pop.Forms, GenericFormLength, "The generic form that pops silently drops everything after about 1,850 characters"),
            (pop.Forms & EbsForms.Collections, CollectionsLength, "Collections cuts its parameters off at 500 characters"),
        ];
        foreach ((EbsForms forms, int length, string effect) in ends)
        {
            // EBS writes each pair as name="value" and a space.
            int end = 0;
            int kept = 0;
            foreach (CheckedPair pair in pop.Pairs)
            {
                end += pair.Name.Length + pair.Value.Length + 4;
                if (end > length)
                {
                    break;
                }

                kept++;
            }

            if (forms != 0 && kept < pop.Pairs.Length)
            {
                yield return new(
                    pop.Pairs[kept].ShownName,
                    forms,
                    $"The pairs, written as name=\"value\", are longer than {Text(length)} characters: {Fitting(kept, pop.Pairs.Length)}.",
                    effect + ".",
                    "Send fewer pairs, or send the important ones first.");
            }
        }
    }

    private static string Fitting(int kept, int all) => kept switch
    {
        0 => "not even the first fits",
        1 => "only the first fits",
        _ => $"only the first {Text(kept)} of {Text(all)} fit",
    };

    private static Flaw? ExtensionAsAni(CheckedPair pair)
    {
        // In an outgoing call both can be the number dialled, so only a short one is suspicious.
        bool isShort = pair.Name == ScreenPopKeys.Ani && !pair.IsEmpty && pair.Value.Length <= CallerNumberPolicy.LongestExtension;
        return isShort && (PhoneDigits.AreAll(pair.Value) || pair.Value == pair.Pop.Dnis)
            ? new(
                ScreenPopKeys.Ani,
                pair.Pop.Forms,
                $"{ScreenPopKeys.Ani} looks like an extension: it has at most {Text(CallerNumberPolicy.LongestExtension)} "
                + (PhoneDigits.AreAll(pair.Value) ? "digits." : $"characters and equals {ScreenPopKeys.Dnis}."),
                "Most forms search for stored numbers that end with it, so it can match many customers, or none.",
                $"Send the external party's number, and omit {ScreenPopKeys.Ani} for an internal call.")
            : null;
    }

    private static Flaw? CreateInAnotherCase(CheckedPair pair) =>
        (pair.Pop.Forms & EbsForms.ServiceRequest) != 0
        && pair.Name == ScreenPopKeys.ScreenPopAction
        && pair.Value != "CreateSR"
        && string.Equals(pair.Value.Trim(' '), "CreateSR", StringComparison.OrdinalIgnoreCase)
            ? new(
                ScreenPopKeys.ScreenPopAction,
                EbsForms.ServiceRequest,
                $"{ScreenPopKeys.ScreenPopAction} differs from CreateSR only in case or spaces.",
                "Service Request treats it as any other word: it searches for a service request and does not create one.",
                "If you mean CreateSR, spell it exactly so.")
            : null;

    /// <summary>Indicates whether a text contains a control character, or one that XML cannot represent.</summary>
    private static bool HasControls(string text)
    {
        bool hasBeyond = false;
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }

            // Below the surrogates, XML lacks nothing but control characters.
            hasBeyond |= c >= '\uD800';
        }

        return hasBeyond && XmlText.IndexOfInvalid(text) >= 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
