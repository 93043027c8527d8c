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
    /// <summary>Numbers of up to so many digits are taken for extensions.</summary>
    internal const int LongestExtension = 6;

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
        ]);
        Places = All.Select((rule, place) => (rule.Code, place)).ToDictionary(one => one.Code, one => one.place, StringComparer.Ordinal);
    }

    /// <summary>Every rule, by code: the errors first.</summary>
    public static IReadOnlyList<ScreenPopRule> All { get; }

    /// <summary>Checks a pop by every rule.</summary>
    /// <param name="screenPop">The pop.</param>
    /// <param name="forms">The forms that it may open; <see cref="EbsForms.None"/> stands for all.</param>
    /// <returns>The findings by code, and for one code in the order of the wire: none where all is well. The list never changes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    public static IReadOnlyList<ScreenPopFinding> Check(ScreenPopEvent screenPop, EbsForms forms = EbsForms.All) =>
        Check(new CheckedPop(screenPop ?? throw new ArgumentNullException(nameof(screenPop)), forms, lacksNumber: false), All);

    /// <summary>What a desktop does with a pop before it sends it: rewrites the caller's number, checks by the rules that are on, and decides.</summary>
    /// <param name="screenPop">The pop.</param>
    /// <param name="options">How; null stands for the defaults.</param>
    /// <returns>The pop to send, what was found, and whether to send it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    public static ScreenPopCheck Prepare(ScreenPopEvent screenPop, ScreenPopRuleOptions? options = null)
    {
        _ = screenPop ?? throw new ArgumentNullException(nameof(screenPop));
        options ??= ScreenPopRuleOptions.Default;
        bool lacksNumber = false;
        if (options.CallerNumber is { } policy)
        {
            lacksNumber = !policy.TryApply(screenPop.Ani, out string? ani);
            screenPop = screenPop with { Ani = ani };
        }

        IEnumerable<ScreenPopRule> rules = options.Mode == ScreenPopRuleMode.Off ? [] : All.Where(rule => !options.SwitchedOff.Contains(rule.Code));
        ValueList<ScreenPopFinding> findings = Check(new CheckedPop(screenPop, options.Forms, lacksNumber), rules);
        return new(screenPop, findings, options.Mode == ScreenPopRuleMode.Refuse && findings.Any(finding => finding.Severity == Error));
    }

    internal static bool Has(string code) => Places.ContainsKey(code);

    private static ValueList<ScreenPopFinding> Check(CheckedPop pop, IEnumerable<ScreenPopRule> rules) =>
        new ValueList<ScreenPopFinding>(rules.SelectMany(rule => rule.Find(pop).Select(flaw => new ScreenPopFinding(rule, flaw))));

    private static IEnumerable<Flaw> DoubleQuote(CheckedPop pop) =>
        from pair in pop.Pairs
        where pair.Value.Any(c => c == '"')
        select new Flaw(
            CheckedPop.Shown(pair.Name),
            pop.Forms,
            $"{CheckedPop.Named(pair.Name)} holds a double quote.",
            "EBS pastes values between double quotes without escaping them, so the form gets other parameters than were sent.",
            "Leave it out, or write an apostrophe.");

    private static IEnumerable<Flaw> ControlCharacter(CheckedPop pop) =>
        from pair in pop.Pairs
        where HasControls(pair.Value)
        select new Flaw(
            CheckedPop.Shown(pair.Name),
            pop.Forms,
            $"{CheckedPop.Named(pair.Name)} holds a control character, such as a tab or a line end, or what XML cannot hold, such as half a surrogate pair.",
            "EBS passes parameters on as one line of text, in which a control character may end the value (inferred); what XML cannot hold is not sent at all.",
            "Replace it by a space, or leave it out.");

    private static IEnumerable<Flaw> BadName(CheckedPop pop) =>
        from pair in pop.Pairs
        where pair.Name.Length == 0 || HasControls(pair.Name) || pair.Name.Any(c => char.IsWhiteSpace(c) || c is '"' or '=')
        select new Flaw(
            null,
            pop.Forms,
            "A pair's name is empty, or holds a blank, a double quote, an equals sign, a control character or what XML cannot hold.",
            "EBS separates names from values by these, so the form gets other parameters than were sent (inferred); what XML cannot hold is not sent at all.",
            "Name it with letters, digits and underscores.");

    private static IEnumerable<Flaw> Reserved(CheckedPop pop) =>
        from pair in pop.Pairs
        where ReservedNames.Switch(pair.Name)
        select new Flaw(
            CheckedPop.Shown(pair.Name),
            pop.Forms,
            $"{CheckedPop.Shown(pair.Name) ?? "A pair's name"} is reserved.",
            "It tells a form that the call was transferred or the customer already found, so that it does not look the caller up.",
            "Give the pair another name.");

    private static IEnumerable<Flaw> AddedByEbs(CheckedPop pop) =>
        from pair in pop.Pairs
        where ReservedNames.AddedByEbs(pair.Name)
        select new Flaw(
            CheckedPop.Shown(pair.Name),
            pop.Forms,
            $"{CheckedPop.Shown(pair.Name)} is not a softphone's to send.",
            "EBS adds it, and which of the two a form reads depends on the form (inferred).",
            "Leave it out.");

    private static IEnumerable<Flaw> AniNoNumber(CheckedPop pop) =>
        from pair in pop.Pairs
        where (pop.Forms & EbsForms.ServiceRequest) != 0 && pair.Name == ScreenPopKeys.Ani && !CheckedPop.IsEmpty(pair.Value) && !CheckedPop.IsNumber(pair.Value)
        select new Flaw(
            ScreenPopKeys.Ani,
            EbsForms.ServiceRequest,
            $"{ScreenPopKeys.Ani} is not all digits, or has more than 38.",
            "Service Request makes a number of it without a safety net: the pop fails, even if another key would have found the customer.",
            "Send digits alone, as a caller-number policy does; leave it out for a caller without a number.");

    private static IEnumerable<Flaw> PhoneNumberNoDigits(CheckedPop pop) =>
        from pair in pop.Pairs
        where pair.Name == ScreenPopKeys.PhoneNumber && !CheckedPop.IsEmpty(pair.Value) && !CheckedPop.IsDigits(pair.Value)
        select new Flaw(
            ScreenPopKeys.PhoneNumber,
            pop.Forms,
            $"{ScreenPopKeys.PhoneNumber} is not all digits.",
            "Service Request pastes it into SQL: at best the search fails, at worst the caller writes the statement.",
            "Send digits alone.");

    private static IEnumerable<Flaw> KeyNoNumber(CheckedPop pop) =>
        from pair in pop.Known
        let forms = pair.Key.NumberIn & pair.Forms
        where forms != 0 && pair.Key.Name != ScreenPopKeys.Ani && !CheckedPop.IsEmpty(pair.Value) && !CheckedPop.IsNumber(pair.Value)
        select new Flaw(
            pair.Key.Name,
            forms,
            $"{pair.Key.Name} is not all digits, or has more than 38.",
            $"In {EbsFormNames.Describe(forms)} it becomes a number, so the pop fails there.",
            $"Send digits alone: {pair.Key.Name} is the {pair.Key.Meaning}.");

    private static IEnumerable<Flaw> Duplicate(CheckedPop pop)
    {
        // None holds the names as they are spelled.
        var seen = new HashSet<(EbsForms Form, string Name)>();
        foreach (WireField pair in pop.Pairs)
        {
            bool isSpelledAlike = !seen.Add((EbsForms.None, pair.Name));
            EbsForms forms = EbsForms.None;
            foreach (EbsForms form in EbsFormNames.Each(pop.Forms))
            {
                forms |= seen.Add((form, ScreenPopKeys.NameIn(form, pair.Name))) ? EbsForms.None : form;
            }

            if (forms != EbsForms.None)
            {
                yield return new(
                    CheckedPop.Shown(pair.Name),
                    forms,
                    $"{CheckedPop.Named(pair.Name)} is sent more than once{(isSpelledAlike ? "" : $": in another case, which does not count in {EbsFormNames.Describe(forms)}")}.",
                    "Some readers take the first and some the last.",
                    "Send it once.");
            }
        }
    }

    private static IEnumerable<Flaw> Empty(CheckedPop pop) =>
        from pair in pop.Known
        let forms = pair.Key.Name == ScreenPopKeys.SourceId ? pair.Forms : pair.Key.ReadBy & pair.Forms
        where forms != 0 && CheckedPop.IsEmpty(pair.Value)
        select new Flaw(
            pair.Key.Name,
            forms,
            $"{pair.Key.Name} is empty.",
            pair.Key.Name == ScreenPopKeys.SourceId
                ? "EBS cannot tell the call from others."
                : EbsFormNames.Each(forms).Any(form => ScreenPopPrecedence.Of(form).Has(pair.Key.Name)) && pair.Key.Name != ScreenPopKeys.Ani
                    ? "An empty key can win over the others, and then the form looks for nobody."
                    : "An empty key says nothing.",
            pair.Key.Name == ScreenPopKeys.SourceId ? "Send the id that the call's other events have." : "Leave the key out: null and not an empty text.");

    private static IEnumerable<Flaw> TooLong(CheckedPop pop)
    {
        foreach (WireField pair in pop.Pairs)
        {
            if (CheckedPop.LengthOf(pair.Name) > ScreenPopKeys.MaxNameLength)
            {
                yield return new(
                    null, pop.Forms, $"A pair's name is longer than {Text(ScreenPopKeys.MaxNameLength)} bytes.", "EBS's variables are too short for it, so the pop fails.", "Shorten it.");
            }

            (ScreenPopKey? key, EbsForms knownIn) = ScreenPopKeys.Resolve(pair.Name);
            int length = CheckedPop.LengthOf(pair.Value);
            EbsForms forms = EbsForms.None;
            int limit = ScreenPopKeys.MaxValueLength;
            foreach (EbsForms form in EbsFormNames.Each(pop.Forms))
            {
                int own = key?.MaxLengthIn(form & knownIn) ?? ScreenPopKeys.MaxValueLength;
                if (length > own)
                {
                    forms |= form;
                    limit = Math.Min(limit, own);
                }
            }

            if (forms != 0)
            {
                yield return new(
                    CheckedPop.Shown(pair.Name),
                    forms,
                    $"{CheckedPop.Named(pair.Name)} is longer than {Text(limit)} bytes.",
                    $"There is no room for it in {EbsFormNames.Describe(forms)}, so the pop fails there.",
                    pair.Name == ScreenPopKeys.SourceId ? $"Take an id of at most {Text(limit)} bytes: a GUID has 36, and 32 without its hyphens." : "Shorten it, or leave it out.");
            }
        }
    }

    private static IEnumerable<Flaw> NoCallerNumber(CheckedPop pop) => !pop.LacksNumber ? [] :
    [
        new(
            ScreenPopKeys.Ani,
            pop.Forms,
            "The caller withholds the number or has none of digits.",
            "Forms look callers up by digits, and Service Request fails on anything else.",
            "Let the policy leave the number out or send a fixed one."),
    ];

    private static IEnumerable<Flaw> NearName(CheckedPop pop)
    {
        foreach (WireField pair in pop.Pairs)
        {
            if (ScreenPopKeys.Find(pair.Name) is null
                && !ReservedNames.Switch(pair.Name)
                && !ReservedNames.AddedByEbs(pair.Name)
                && NearNames.Find(pair.Name) is { } near)
            {
                string meant = near.UseInstead ?? near.Name;
                yield return new(
                    CheckedPop.Shown(pair.Name),
                    pop.Forms,
                    $"{CheckedPop.Named(pair.Name)} is close to a key that is known, but not spelled like it.",
                    EffectOfNearName(pop, pair.Name),
                    $"If {meant} is meant, spell it so.");
            }
        }
    }

    private static string EffectOfNearName(CheckedPop pop, string name)
    {
        (ScreenPopKey? key, EbsForms inAnyCase) = ScreenPopKeys.Resolve(name);
        if (key is null)
        {
            return "EBS passes over names that it does not know.";
        }

        EbsForms reading = key.ReadBy & pop.Forms & inAnyCase;
        EbsForms passing = key.ReadBy & pop.Forms & ~inAnyCase;
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
        (ScreenPopKey Key, EbsForms Forms, string Value)[] business =
        [
            .. pop.Known.Where(pair => pair.Key.IsBusinessKey
                && !CheckedPop.IsEmpty(pair.Value)
                && EbsFormNames.Each(pair.Forms).Any(form => ScreenPopPrecedence.Of(form).Has(pair.Key.Name))),
        ];
        string[] names = [.. business.Select(pair => pair.Key.Name).Distinct()];
        int subjects = business.Select(pair => (pair.Key.Subject, pair.Key.Subject == ScreenPopKeys.PhoneSubject ? "" : pair.Value)).Distinct().Count();
        if (names.Length < 2 || subjects < 2)
        {
            yield break;
        }

        IEnumerable<string> uses = EbsFormNames.Each(pop.Forms)
            .Select(form => (Form: form, Field: ScreenPopPrecedence.Of(form).FieldUsed(pop.Pairs)))
            .Select(use => $"{EbsFormNames.Describe(use.Form)} goes by {(use.Field is { } field ? ScreenPopKeys.Resolve(field.Name).Key!.Name : "none of them")}");
        yield return new(
            null,
            pop.Forms,
            $"{Words.List(names)} are sent together.",
            $"Each form picks one: {Words.List(uses)}.",
            "Send the one that is meant.");
    }

    private static IEnumerable<Flaw> AccountNumForAccountCode(CheckedPop pop)
    {
        bool hasCode = pop.Pairs.Any(pair => pair.Name == ScreenPopKeys.AccountCode);
        return from pair in pop.Pairs
               where pair.Name == ScreenPopKeys.AccountNum && !hasCode
               select new Flaw(
                   ScreenPopKeys.AccountNum,
                   pop.Forms,
                   $"{ScreenPopKeys.AccountNum} is sent and {ScreenPopKeys.AccountCode} is not.",
                   $"EBS registers {ScreenPopKeys.AccountNum}, but no form reads it.",
                   $"Send the account number as {ScreenPopKeys.AccountCode}.");
    }

    private static IEnumerable<Flaw> CustomerIdForCustomerNum(CheckedPop pop)
    {
        var numbers = new HashSet<string>(
            pop.Pairs.Where(pair => pair.Name is ScreenPopKeys.CustomerNum or ScreenPopKeys.AccountCode or ScreenPopKeys.AccountNum).Select(pair => pair.Value), StringComparer.Ordinal);
        return from pair in pop.Pairs
               where pair.Name == ScreenPopKeys.CustomerId
                   && !CheckedPop.IsEmpty(pair.Value)
                   && (!CheckedPop.IsDigits(pair.Value) || pair.Value[0] == '0' || numbers.Contains(pair.Value))
               select new Flaw(
                   ScreenPopKeys.CustomerId,
                   pop.Forms,
                   $"{ScreenPopKeys.CustomerId} looks like a customer number: it has other characters than digits, begins with a zero, or is sent as such a number, too.",
                   $"{ScreenPopKeys.CustomerId} is EBS's internal party id: a form that reads it finds another customer or none, and others pass over it.",
                   $"Send a customer number as {ScreenPopKeys.CustomerNum}.");
    }

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
            foreach (WireField pair in pop.Pairs)
            {
                end += pair.Name.Length + pair.Value.Length + 4;
                if (end > length)
                {
                    break;
                }

                kept++;
            }

            if (forms != 0 && kept < pop.Pairs.Count)
            {
                yield return new(
                    CheckedPop.Shown(pop.Pairs[kept].Name),
                    forms,
                    $"The pairs together, pasted as name=\"value\", are longer than {Text(length)} characters: {Fitting(kept, pop.Pairs.Count)}.",
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

    private static IEnumerable<Flaw> ExtensionAsAni(CheckedPop pop)
    {
        // Of an outgoing call both are the number dialled, so only a short one says something.
        string? dnis = pop.Pairs.Where(pair => pair.Name == ScreenPopKeys.Dnis).Select(pair => pair.Value).FirstOrDefault();
        return from pair in pop.Pairs
               where pair.Name == ScreenPopKeys.Ani
                   && !CheckedPop.IsEmpty(pair.Value)
                   && pair.Value.Length <= LongestExtension
                   && (CheckedPop.IsDigits(pair.Value) || pair.Value == dnis)
               select new Flaw(
                   ScreenPopKeys.Ani,
                   pop.Forms,
                   $"{ScreenPopKeys.Ani} looks like an extension: it has no more than {Text(LongestExtension)} {(CheckedPop.IsDigits(pair.Value) ? "digits" : $"characters, and is the same as {ScreenPopKeys.Dnis}")}.",
                   "Most forms look for stored numbers that end with it, so it can match many customers, or none.",
                   $"Send the outside party's number, and leave {ScreenPopKeys.Ani} out for an internal call.");
    }

    private static IEnumerable<Flaw> CreateInAnotherCase(CheckedPop pop) =>
        from pair in pop.Pairs
        let action = pair.Value.Trim(' ')
        where (pop.Forms & EbsForms.ServiceRequest) != 0
            && pair.Name == ScreenPopKeys.ScreenPopAction
            && string.Equals(action, "CreateSR", StringComparison.OrdinalIgnoreCase)
            && pair.Value != "CreateSR"
        select new Flaw(
            ScreenPopKeys.ScreenPopAction,
            EbsForms.ServiceRequest,
            $"{ScreenPopKeys.ScreenPopAction} is CreateSR but for its case, or for blanks.",
            "Service Request takes that for any other word: it looks for a service request and creates none.",
            "If CreateSR is meant, spell it so.");

    /// <summary>Whether there is a control character, or one that XML cannot hold at all.</summary>
    private static bool HasControls(string text) => text.Any(char.IsControl) || XmlText.IndexOfInvalid(text) >= 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
