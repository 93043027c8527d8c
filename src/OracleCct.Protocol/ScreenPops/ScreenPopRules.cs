using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Says before a screen pop is sent what EBS's forms will make of it.</summary>
/// <remarks>
/// Safe to use from several threads, and takes time in proportion to the pop. The rules are described in <c>docs/screen-pops.md</c>. Where a fact is not stated by a
/// finding's text, it is how EBS's own code behaves.
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
            new("CCT102", Error, "a control character in a value, or what XML cannot hold", ControlCharacter),
            new("CCT103", Error, "a name that is empty or holds a blank, a double quote, an equals sign, a control character or what XML cannot hold", BadName),
            new("CCT104", Error, "a name that EBS's forms reserve for themselves", Reserved),
            new("CCT105", Error, "a name that EBS adds itself", AddedByEbs),
            new("CCT106", Error, "a caller's number that is not all digits, where Service Request may open", AniNoNumber),
            new("CCT107", Error, "a phone number that is not all digits", PhoneNumberNoDigits),
            new("CCT108", Error, "a value that is no number, under a key of which a form makes one", KeyNoNumber),
            new("CCT109", Error, "a key that is sent twice", Duplicate),
            new("CCT110", Error, "an empty value under a key that a form reads", Empty),
            new("CCT111", Error, "a name or value that is longer than a form takes", TooLong),
            new("CCT112", Error, "a caller without a number, where the caller-number policy asks for one", NoCallerNumber),
            new("CCT121", Warning, "a name that is a known key in the wrong case, or close to one", NearName),
            new("CCT122", Warning, "more than one business key", SeveralBusinessKeys),
            new("CCT123", Warning, "AccountNum, which no form reads", AccountNumForAccountCode),
            new("CCT124", Warning, "CustomerID with what looks like a customer number", CustomerIdForCustomerNum),
            new("CCT125", Warning, "pairs beyond the length that EBS passes on", FallsOff),
            new("CCT126", Warning, "an extension as the caller's number", ExtensionAsAni),
            new("CCT127", Warning, "CreateSR in another case", CreateInAnotherCase),
            new("CCT128", Warning, "a caller's number that the caller-number policy left out", NumberLeftOut),
        ]);
        Places = All.Select((rule, place) => (rule.Code, place)).ToDictionary(one => one.Code, one => one.place, StringComparer.Ordinal);
    }

    /// <summary>Every rule, by code: the errors first.</summary>
    public static IReadOnlyList<ScreenPopRule> All { get; }

    /// <summary>Checks a pop by every rule.</summary>
    /// <param name="screenPop">The pop.</param>
    /// <param name="forms">The forms that it may open.</param>
    /// <returns>The findings by code, and for one code in the order of the wire. Empty when there are none. The list never changes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="forms"/> names no form, or is not a valid combination.</exception>
    public static IReadOnlyList<ScreenPopFinding> Check(ScreenPopEvent screenPop, EbsForms forms = EbsForms.All) =>
        Check(new CheckedPop(screenPop ?? throw new ArgumentNullException(nameof(screenPop)), EbsFormNames.Named(forms, nameof(forms))), All);

    /// <summary>Prepares a pop for sending, as a desktop does: rewrites the caller's number, checks by the rules that are switched on, and decides whether to send it.</summary>
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
                $"{pair.NameInWords} holds a double quote.",
                "EBS pastes values between double quotes without escaping them, so the form gets other parameters than were sent.",
                "Leave it out, or write an apostrophe.",
                IsUniversal: true)
            : null;

    private static Flaw? ControlCharacter(CheckedPair pair) =>
        HasControls(pair.Value)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.NameInWords} holds a control character, such as a tab or a line end, or what XML cannot hold, such as half a surrogate pair.",
                "EBS passes parameters on as one line of text, in which a control character may end the value (inferred); what XML cannot hold is not sent at all.",
                "Replace it by a space, or leave it out.",
                IsUniversal: true)
            : null;

    private static Flaw? BadName(CheckedPair pair) =>
        !pair.IsSpelledAsKey && (pair.Name.Length == 0 || HasControls(pair.Name) || pair.Name.Any(c => char.IsWhiteSpace(c) || c is '"' or '='))
            ? new(
                null,
                pair.Pop.Forms,
                "A pair's name is empty, or holds a blank, a double quote, an equals sign, a control character or what XML cannot hold.",
                "EBS separates names from values by these, so the form gets other parameters than were sent (inferred); what XML cannot hold is not sent at all.",
                "Name it with letters, digits and underscores.",
                IsUniversal: true)
            : null;

    private static Flaw? Reserved(CheckedPair pair) =>
        !pair.IsSpelledAsKey && ReservedNames.Switch(pair.Name)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.ShownName ?? "A pair's name"} is reserved.",
                "It tells a form that the call was transferred or the customer already found, so that it does not look the caller up.",
                "Give the pair another name.",
                IsUniversal: true)
            : null;

    private static Flaw? AddedByEbs(CheckedPair pair) =>
        !pair.IsSpelledAsKey && ReservedNames.AddedByEbs(pair.Name)
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.ShownName} is not a softphone's to send.",
                "EBS adds it, and which of the two a form reads depends on the form (inferred).",
                "Leave it out.",
                IsUniversal: true)
            : null;

    private static Flaw? AniNoNumber(CheckedPair pair) =>
        (pair.Pop.Forms & EbsForms.ServiceRequest) != 0 && pair.Name == ScreenPopKeys.Ani && !pair.IsEmpty && !pair.IsNumber
            ? new(
                ScreenPopKeys.Ani,
                EbsForms.ServiceRequest,
                $"{ScreenPopKeys.Ani} is not all digits, or has more than 38.",
                "Service Request makes a number of it without a safety net: the pop fails, even if another key would have found the customer.",
                "Send digits alone, as a caller-number policy does; leave it out for a caller without a number.")
            : null;

    private static Flaw? PhoneNumberNoDigits(CheckedPair pair) =>
        pair.Name == ScreenPopKeys.PhoneNumber && !pair.IsEmpty && !PhoneDigits.AreAll(pair.Value)
            ? new(
                ScreenPopKeys.PhoneNumber,
                pair.Pop.Forms,
                $"{ScreenPopKeys.PhoneNumber} is not all digits.",
                "Service Request pastes it into SQL: at best the search fails, at worst the caller writes the statement.",
                "Send digits alone.",
                IsUniversal: true)
            : null;

    private static Flaw? KeyNoNumber(CheckedPair pair)
    {
        EbsForms forms = pair.Key is null ? EbsForms.None : pair.Key.NumberIn & pair.KnownIn;
        return forms != EbsForms.None && pair.Key!.Name != ScreenPopKeys.Ani && !pair.IsEmpty && !pair.IsNumber
            ? new(
                pair.Key.Name,
                forms,
                $"{pair.Key.Name} is not all digits, or has more than 38.",
                $"In {EbsFormNames.Describe(forms)} it becomes a number, so the pop fails there.",
                $"Send digits alone: {pair.Key.Name} is the {pair.Key.Meaning}.")
            : null;
    }

    private static IEnumerable<Flaw> Duplicate(CheckedPop pop)
    {
        if (!pop.HasNamesAlike)
        {
            yield break;
        }

        // None holds the names as they are spelled.
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
                yield return new(
                    pair.ShownName,
                    forms,
                    $"{pair.NameInWords} is sent more than once{(isSpelledAlike ? "" : $": in another case, which does not count in {EbsFormNames.Describe(forms)}")}.",
                    "Some readers take the first and some the last.",
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
                isId ? "EBS cannot tell the call from others."
                    : ScreenPopPrecedence.IsRanked(pair.Key, forms) && pair.Key.Name != ScreenPopKeys.Ani ? "An empty key can win over the others, and then the form looks for nobody."
                    : "An empty key says nothing.",
                isId ? "Send the id that the call's other events have." : "Leave the key out: null and not an empty text.",
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
                    null, pop.Forms, $"A pair's name is longer than {Text(ScreenPopKeys.MaxNameLength)} bytes.", "EBS's variables are too short for it, so the pop fails.", "Shorten it.", IsUniversal: true);
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
                    $"There is no room for it in {EbsFormNames.Describe(forms)}, so the pop fails there.",
                    pair.Name == ScreenPopKeys.SourceId ? $"Take an id of at most {Text(limit)} bytes: a GUID has 36, and 32 without its hyphens." : "Shorten it, or leave it out.",
                    IsUniversal: EbsFormNames.Each(EbsForms.All).All(form => CheckedPair.IsLonger(pair.Value, pair.MaxLengthIn(form))));
            }
        }
    }

    private static IEnumerable<Flaw> NoCallerNumber(CheckedPop pop) => pop.LostNumber != LostNumber.Missing ? [] :
    [
        new(
            ScreenPopKeys.Ani,
            pop.Forms,
            "The caller withholds the number or has none of digits.",
            "Forms look callers up by digits, and Service Request fails on anything else.",
            "Let the policy leave the number out or send a fixed one.",
            IsUniversal: true),
    ];

    private static IEnumerable<Flaw> NumberLeftOut(CheckedPop pop) => pop.LostNumber != LostNumber.LeftOut ? [] :
    [
        new(
            ScreenPopKeys.Ani,
            pop.Forms,
            $"The caller's number contains other characters than digits and separators, so {ScreenPopKeys.Ani} is not sent.",
            "EBS searches by the other keys, or opens an empty form.",
            "Pass a telephone number, or set a caller-number policy that sends what you want."),
    ];

    private static Flaw? NearName(CheckedPair pair)
    {
        ScreenPopKey? near = pair.IsSpelledAsKey || ReservedNames.Switch(pair.Name) || ReservedNames.AddedByEbs(pair.Name) ? null : NearNames.Find(pair.Name);
        return near is not null
            ? new(
                pair.ShownName,
                pair.Pop.Forms,
                $"{pair.NameInWords} is close to a key that is known, but not spelled like it.",
                EffectOfNearName(pair),
                $"If {near.UseInstead ?? near.Name} is meant, spell it so.")
            : null;
    }

    private static string EffectOfNearName(CheckedPair pair)
    {
        if (pair.Key is null)
        {
            return "EBS passes over names that it does not know.";
        }

        EbsForms reading = pair.Key.ReadBy & pair.KnownIn;
        EbsForms passing = pair.Key.ReadBy & pair.Pop.Forms & ~pair.KnownIn;
        return (passing, reading) switch
        {
            (EbsForms.None, EbsForms.None) => "None of the forms in question reads this key; whatever else does may regard case (inferred).",
            (EbsForms.None, _) => $"It is read in {EbsFormNames.Describe(reading)}, where its case does not count; other forms may pass over it.",
            (_, EbsForms.None) => $"It is passed over in {EbsFormNames.Describe(passing)}, where its case counts.",
            _ => $"It is passed over in {EbsFormNames.Describe(passing)}, where its case counts, and read in {EbsFormNames.Describe(reading)}.",
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
            .Select(form => $"{EbsFormNames.Describe(form)} goes by {ScreenPopPrecedence.Of(form).PairUsed(pop)?.Key!.Name ?? "none of them"}");
        return
        [
            new(
                null,
                pop.Forms,
                $"{Words.List(names)} are sent together.",
                $"Each form picks one: {Words.List(uses)}.",
                "Send the one that is meant."),
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
                $"{ScreenPopKeys.CustomerId} looks like a customer number: it has other characters than digits, begins with a zero, or is sent as such a number, too.",
                $"{ScreenPopKeys.CustomerId} is EBS's internal party id: a form that reads it finds another customer or none, and others pass over it.",
                $"Send a customer number as {ScreenPopKeys.CustomerNum}.")
            : null;

    private static IEnumerable<Flaw> FallsOff(CheckedPop pop)
    {
        (EbsForms Forms, int Length, string Effect)[] ends =
        [
            (pop.Forms, GenericFormLength, "The generic form that pops silently drops what comes after about 1,850 characters"),
            (pop.Forms & EbsForms.Collections, CollectionsLength, "Collections cuts its parameters at 500 characters"),
        ];
        foreach ((EbsForms forms, int length, string effect) in ends)
        {
            // Pasted as name="value" and a blank.
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
                    $"The pairs together, pasted as name=\"value\", are longer than {Text(length)} characters: {Fitting(kept, pop.Pairs.Length)}.",
                    effect + ".",
                    "Send fewer pairs, or what matters first.");
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
        // Of an outgoing call both are the number dialled, so only a short one says something.
        bool isShort = pair.Name == ScreenPopKeys.Ani && !pair.IsEmpty && pair.Value.Length <= CallerNumberPolicy.LongestExtension;
        return isShort && (PhoneDigits.AreAll(pair.Value) || pair.Value == pair.Pop.Dnis)
            ? new(
                ScreenPopKeys.Ani,
                pair.Pop.Forms,
                $"{ScreenPopKeys.Ani} looks like an extension: it has no more than {Text(CallerNumberPolicy.LongestExtension)} {(PhoneDigits.AreAll(pair.Value) ? "digits" : $"characters, and is the same as {ScreenPopKeys.Dnis}")}.",
                "Most forms look for stored numbers that end with it, so it can match many customers, or none.",
                $"Send the outside party's number, and leave {ScreenPopKeys.Ani} out for an internal call.")
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
                $"{ScreenPopKeys.ScreenPopAction} is CreateSR but for its case, or for blanks.",
                "Service Request takes that for any other word: it looks for a service request and creates none.",
                "If CreateSR is meant, spell it so.")
            : null;

    /// <summary>Whether there is a control character, or one that XML cannot hold at all.</summary>
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
