using System;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>In which form a caller's number goes to EBS.</summary>
/// <remarks>
/// Most of EBS's forms look for stored numbers that <em>end</em> with the number sent (EBS's behaviour). So a shorter form finds more, and may find too many; a longer one misses records that are
/// stored without what it has more.
/// </remarks>
public enum CallerNumberForm
{
    /// <summary>The digits as they came, without plus and separators. <c>+1 (415) 555-0100</c> becomes <c>14155550100</c>: it misses records that are stored without the country code.</summary>
    Digits,

    /// <summary>Without country code and trunk prefix: <c>4155550100</c>. It finds the record however the front of the number is stored. Foreign numbers keep their country code.</summary>
    National,

    /// <summary>With the trunk prefix, as it is dialled inside the country: <c>04155550100</c>. It misses records that are stored with the country code, and Service Request loses a leading zero by making a number of it. Foreign numbers keep their country code.</summary>
    NationalWithTrunkPrefix,

    /// <summary>With the country code: <c>14155550100</c>. It misses records that are stored without it.</summary>
    International,
}

/// <summary>What is sent for a caller who withholds the number, or whose number is not of digits.</summary>
public enum WithheldCaller
{
    /// <summary>No number: EBS looks by the other keys, or opens an empty form.</summary>
    Omit,

    /// <summary>The number in <see cref="CallerNumberPolicy.FixedNumber"/>, as of a record that stands for unknown callers.</summary>
    FixedNumber,

    /// <summary>The pop has the error <c>CCT112</c>, and by default is not sent.</summary>
    Fail,
}

/// <summary>How the caller's number (<c>occtANI</c>) is rewritten before it is sent. The result has digits alone.</summary>
/// <remarks>
/// <para>Nothing is rewritten unless an integrator asks for it: which form matches depends on how the site has stored its customers' numbers.</para>
/// <para>Spaces, hyphens, points, slashes, brackets, invisible marks, a leading <c>tel:</c> with the parameters that it may have, and a leading plus do not count, and neither does <c>(0)</c> in an international number. Anything
/// else, a letter or a sip address, is no number. Numbers of up to six digits without a plus are taken for extensions and only lose their separators.</para>
/// <para>Immutable, and safe to use from several threads. All of it is inferred from how EBS matches.</para>
/// </remarks>
public sealed record CallerNumberPolicy
{
    private const int MostZeros = 8;

    /// <summary>The form of the number.</summary>
    /// <value><see cref="CallerNumberForm.Digits"/> by default.</value>
    public CallerNumberForm Form { get; init; } = CallerNumberForm.Digits;

    /// <summary>The country code of the site, in digits: <c>1</c>, <c>49</c>. Every form but <see cref="CallerNumberForm.Digits"/> needs it.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 3 digits.</exception>
    public string? CountryCode { get; init => field = DigitsOrNull(value, 3, nameof(value)); }

    /// <summary>What is dialled before a national number inside the country, in digits: <c>0</c> in most of Europe, <c>1</c> in North America. <see cref="CallerNumberForm.NationalWithTrunkPrefix"/> needs it.</summary>
    /// <value>Null by default: there is none.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 3 digits.</exception>
    public string? TrunkPrefix { get; init => field = DigitsOrNull(value, 3, nameof(value)); }

    /// <summary>What is dialled before a country code, in digits: <c>00</c>, <c>011</c>. A number of more than six digits that begins with it is international, as one with a plus is.</summary>
    /// <value>Null by default: only a plus tells.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 5 digits.</exception>
    public string? InternationalPrefix { get; init => field = DigitsOrNull(value, 5, nameof(value)); }

    /// <summary>
    /// How many zeros the number begins with in the end: 0 strips them all, 2 makes <c>00</c> of none. Null: as many as the form gives. Stripping finds records that are stored with and without them; adding misses those without.
    /// </summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 8.</exception>
    public int? LeadingZeros
    {
        get;
        init => field = value is null or (>= 0 and <= MostZeros) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There are from 0 to 8 leading zeros.");
    }

    /// <summary>What is sent for a caller without a number.</summary>
    /// <value><see cref="WithheldCaller.Omit"/> by default.</value>
    public WithheldCaller Withheld { get; init; } = WithheldCaller.Omit;

    /// <summary>The number for callers without one, in digits; it is sent as it is. <see cref="WithheldCaller.FixedNumber"/> needs it.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 30 digits.</exception>
    public string? FixedNumber { get; init => field = DigitsOrNull(value, 30, nameof(value)); }

    /// <summary>What is missing for this policy to work. Null: nothing.</summary>
    internal string? Lacks =>
        Form != CallerNumberForm.Digits && CountryCode is null ? "This form of caller numbers needs the site's country code."
        : Form == CallerNumberForm.NationalWithTrunkPrefix && TrunkPrefix is null ? "This form of caller numbers needs a trunk prefix."
        : Withheld == WithheldCaller.FixedNumber && FixedNumber is null ? "A fixed number for callers without one is asked for, and there is none."
        : null;

    /// <summary>Rewrites a caller's number.</summary>
    /// <param name="callerNumber">The number as the phone system has it. Null or empty: withheld.</param>
    /// <param name="ani">The number to send: digits. Null: send none.</param>
    /// <returns>False where the caller has no number and <see cref="Withheld"/> says <see cref="WithheldCaller.Fail"/>; otherwise true.</returns>
    /// <exception cref="InvalidOperationException">The policy lacks what its form of numbers needs, such as a country code.</exception>
    public bool TryApply(string? callerNumber, out string? ani)
    {
        if (Lacks is { } lacking)
        {
            throw new InvalidOperationException(lacking);
        }

        if (!TryReadDigits(callerNumber ?? "", out string digits, out bool isInternational))
        {
            ani = Withheld == WithheldCaller.FixedNumber ? FixedNumber : null;
            return Withheld != WithheldCaller.Fail;
        }

        ani = isInternational || digits.Length > ScreenPopRules.LongestExtension ? WithZeros(InForm(digits, isInternational)) : digits;
        return true;
    }

    /// <summary>Says nothing of the fixed number but whether there is one.</summary>
    public override string ToString() => $"{nameof(CallerNumberPolicy)} {{ Form = {Form}, Withheld = {Withheld} }}";

    private static string? DigitsOrNull(string? value, int longest, string parameter) =>
        value is null || (value.Length >= 1 && value.Length <= longest && CheckedPair.IsDigits(value))
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"From 1 to {longest} digits are asked for."), parameter);

    /// <param name="text">As the phone system has it.</param>
    /// <param name="digits">Without what does not count, the plus or <see cref="InternationalPrefix"/> among it.</param>
    /// <param name="isInternational">Whether the digits begin with a country code.</param>
    private bool TryReadDigits(string text, out string digits, out bool isInternational)
    {
        string number = WithoutScheme(WithoutSeparators(text));
        digits = WithoutBrackets(number);
        int front = digits.Length > 0 && digits[0] == '+' ? 1
            : digits.Length > ScreenPopRules.LongestExtension && InternationalPrefix is { } prefix && digits.StartsWith(prefix, StringComparison.Ordinal) ? prefix.Length
            : 0;
        isInternational = front > 0;
        if (isInternational)
        {
            string rest = Behind(front, number);
            int trunkZero = rest.IndexOf("(0)", StringComparison.Ordinal);
            digits = WithoutBrackets(trunkZero < 0 ? rest : rest.Remove(trunkZero, 3));
        }

        return digits.Length > 0 && CheckedPair.IsDigits(digits);
    }

    private static string WithoutScheme(string number) =>
        number.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? number.Substring(4).Split(';')[0] : number;

    /// <summary>Without blanks, hyphens of any kind, and marks that nobody sees, as they come along from a web page or an address book.</summary>
    private static string WithoutSeparators(string text) => string.Concat(text.Trim().Where(c => c is not ('.' or '/') && char.GetUnicodeCategory(c) is not (
        UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format)));

    private static string WithoutBrackets(string number) => string.Concat(number.Where(c => c is not ('(' or ')')));

    /// <summary>What stands behind so many characters, brackets not counted.</summary>
    private static string Behind(int count, string number)
    {
        int at = 0;
        for (; count > 0; at++)
        {
            count -= number[at] is '(' or ')' ? 0 : 1;
        }

        return number.Substring(at);
    }

    private string InForm(string digits, bool isInternational)
    {
        string front = isInternational ? CountryCode ?? "" : TrunkPrefix ?? "";
        bool hasFront = digits.Length > front.Length && digits.StartsWith(front, StringComparison.Ordinal);
        if (Form == CallerNumberForm.Digits || (isInternational && !hasFront))
        {
            return digits;
        }

        string national = hasFront ? digits.Substring(front.Length) : digits;
        return Form switch
        {
            CallerNumberForm.International => CountryCode + national,
            CallerNumberForm.NationalWithTrunkPrefix => TrunkPrefix + national,
            _ => national,
        };
    }

    private string WithZeros(string digits)
    {
        if (LeadingZeros is not { } zeros)
        {
            return digits;
        }

        string bare = digits.TrimStart('0');
        return bare.Length == 0 ? digits : new string('0', zeros) + bare;
    }
}
