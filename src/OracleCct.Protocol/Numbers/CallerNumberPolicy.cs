using System;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Specifies how the caller's number (<c>occtANI</c>) is rewritten before it is sent.</summary>
/// <remarks>
/// <para>The default form, <see cref="CallerNumberForm.Digits"/>, only removes what is not a digit, so that no form of EBS fails on the number. Which of the
/// other forms matches depends on how the site has stored its customers' numbers.</para>
/// <para>Spaces, hyphens, points, slashes, brackets, invisible marks, a leading <c>tel:</c> with its parameters and a leading plus are removed, and so is
/// <c>(0)</c> in an international number. A number with anything else in it, such as a letter or a SIP address, is treated as withheld. A number of up to six
/// digits without a plus is treated as an extension and only loses its separators.</para>
/// <para>Immutable, and safe to use from several threads. All of it is inferred from how EBS matches.</para>
/// </remarks>
public sealed record CallerNumberPolicy
{
    /// <summary>Numbers of up to this many digits are treated as extensions.</summary>
    internal const int LongestExtension = 6;

    private const int MostZeros = 8;

    /// <summary>Initializes a policy with the defaults.</summary>
    public CallerNumberPolicy()
    {
    }

    /// <summary>Initializes a policy, for languages without <c>init</c> properties. For each parameter, <see langword="null"/> keeps the default.</summary>
    /// <param name="form">The value of <see cref="Form"/>.</param>
    /// <param name="countryCode">The value of <see cref="CountryCode"/>.</param>
    /// <param name="trunkPrefix">The value of <see cref="TrunkPrefix"/>.</param>
    /// <param name="internationalPrefix">The value of <see cref="InternationalPrefix"/>.</param>
    /// <param name="leadingZeros">The value of <see cref="LeadingZeros"/>.</param>
    /// <param name="withheld">The value of <see cref="Withheld"/>.</param>
    /// <param name="fixedNumber">The value of <see cref="FixedNumber"/>.</param>
    /// <exception cref="ArgumentException">A value is not valid; the property says which values are.</exception>
    public CallerNumberPolicy(
        CallerNumberForm? form = null,
        string? countryCode = null,
        string? trunkPrefix = null,
        string? internationalPrefix = null,
        int? leadingZeros = null,
        WithheldCaller? withheld = null,
        string? fixedNumber = null)
    {
        Form = form ?? Form;
        CountryCode = countryCode;
        TrunkPrefix = trunkPrefix;
        InternationalPrefix = internationalPrefix;
        LeadingZeros = leadingZeros;
        Withheld = withheld ?? Withheld;
        FixedNumber = fixedNumber;
    }

    /// <summary>Gets the form of the number.</summary>
    /// <value><see cref="CallerNumberForm.Digits"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public CallerNumberForm Form { get; init => field = Check.Defined(value); } = CallerNumberForm.Digits;

    /// <summary>Gets the country code of the site, in digits: <c>1</c>, <c>49</c>. The forms that are national or international need it.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 3 digits.</exception>
    public string? CountryCode { get; init => field = DigitsOrNull(value, 3, nameof(value)); }

    /// <summary>
    /// Gets what is dialled before a national number inside the country, in digits: <c>0</c> in most of Europe, <c>1</c> in North America.
    /// <see cref="CallerNumberForm.NationalWithTrunkPrefix"/> needs it.
    /// </summary>
    /// <value>Null by default: there is none.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 3 digits.</exception>
    public string? TrunkPrefix { get; init => field = DigitsOrNull(value, 3, nameof(value)); }

    /// <summary>
    /// Gets what is dialled before a country code, in digits: <c>00</c>, <c>011</c>. A number of more than six digits that begins with it is international, as
    /// is a number that begins with a plus.
    /// </summary>
    /// <value>Null by default: only a number that begins with a plus is international.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 5 digits.</exception>
    public string? InternationalPrefix { get; init => field = DigitsOrNull(value, 5, nameof(value)); }

    /// <summary>
    /// Gets how many zeros the rewritten number begins with: 0 removes them all, 2 makes them <c>00</c>, null keeps those of the form. Removing zeros finds
    /// records that are stored with and without them; adding zeros misses those without.
    /// </summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 8.</exception>
    public int? LeadingZeros
    {
        get;
        init => field = value is { } zeros ? Check.Between(zeros, 0, MostZeros) : null;
    }

    /// <summary>Gets what is sent for a caller without a number.</summary>
    /// <value><see cref="WithheldCaller.Omit"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public WithheldCaller Withheld { get; init => field = Check.Defined(value); } = WithheldCaller.Omit;

    /// <summary>Gets the number for callers without one, in digits. It is sent as it is. <see cref="WithheldCaller.FixedNumber"/> needs it.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">The value is not of 1 to 30 digits.</exception>
    public string? FixedNumber { get; init => field = DigitsOrNull(value, 30, nameof(value)); }

    /// <summary>Gets what is missing for this policy to work, as a sentence for an exception. Null when nothing is.</summary>
    internal string? Lacks =>
        Form is not (CallerNumberForm.Digits or CallerNumberForm.Unchanged) && CountryCode is null
            ? $"The form {Form} needs the country code of the site. Set {nameof(CountryCode)}."
        : Form == CallerNumberForm.NationalWithTrunkPrefix && TrunkPrefix is null ? $"The form {Form} needs a trunk prefix. Set {nameof(TrunkPrefix)}."
        : Withheld == WithheldCaller.FixedNumber && FixedNumber is null ? $"The number for callers without one is missing. Set {nameof(FixedNumber)}."
        : null;

    /// <summary>Rewrites a caller's number.</summary>
    /// <param name="callerNumber">The number as the phone system has it. Null or empty when the caller withholds it.</param>
    /// <param name="ani">The number to send: digits, unless <see cref="Form"/> is <see cref="CallerNumberForm.Unchanged"/>. Null when none is to be
    /// sent.</param>
    /// <returns>False when the caller has no number and <see cref="Withheld"/> is <see cref="WithheldCaller.Fail"/>; otherwise true.</returns>
    /// <exception cref="InvalidOperationException">The policy lacks what its form of numbers needs, such as a country code.</exception>
    public bool TryApply(string? callerNumber, out string? ani)
    {
        if (Lacks is { } lacking)
        {
            throw new InvalidOperationException(lacking);
        }

        if (Form == CallerNumberForm.Unchanged)
        {
            ani = callerNumber;
            return true;
        }

        if (!TryReadDigits(callerNumber ?? "", out string digits, out bool isInternational))
        {
            ani = Withheld == WithheldCaller.FixedNumber ? FixedNumber : null;
            return Withheld != WithheldCaller.Fail;
        }

        ani = isInternational || digits.Length > LongestExtension ? WithZeros(InForm(digits, isInternational)) : digits;
        return true;
    }

    /// <summary>Returns the form and what is sent for callers without a number, but not the fixed number.</summary>
    public override string ToString() => $"{nameof(CallerNumberPolicy)} {{ Form = {Form}, Withheld = {Withheld} }}";

    private static string? DigitsOrNull(string? value, int longest, string parameter) =>
        value is null || (value.Length >= 1 && value.Length <= longest && PhoneDigits.AreAll(value))
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"The value is not valid. Use 1 to {longest} digits."), parameter);

    /// <param name="text">The number as the phone system has it.</param>
    /// <param name="digits">The number without separators, the plus and <see cref="InternationalPrefix"/>.</param>
    /// <param name="isInternational">Whether the digits begin with a country code.</param>
    private bool TryReadDigits(string text, out string digits, out bool isInternational)
    {
        // Most numbers are plain digits, and need no copies.
        bool isPlain = text.Length > 0 && PhoneDigits.AreAll(text);
        string number = isPlain ? text : WithoutScheme(WithoutSeparators(text));
        digits = isPlain ? text : WithoutBrackets(number);
        int front = digits.Length > 0 && digits[0] == '+' ? 1
            : digits.Length > LongestExtension && InternationalPrefix is { } prefix && digits.StartsWith(prefix, StringComparison.Ordinal) ? prefix.Length
            : 0;
        isInternational = front > 0;
        if (isInternational)
        {
            string rest = Behind(front, number);
            int trunkZero = rest.IndexOf("(0)", StringComparison.Ordinal);
            digits = WithoutBrackets(trunkZero < 0 ? rest : rest.Remove(trunkZero, 3));
        }

        return digits.Length > 0 && PhoneDigits.AreAll(digits);
    }

    private static string WithoutScheme(string number) =>
        number.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? number.Substring(4).Split(';')[0] : number;

    /// <summary>Removes blanks, hyphens of any kind, and invisible marks, which numbers copied from a web page or an address book contain.</summary>
    private static string WithoutSeparators(string text) => string.Concat(text.Trim().Where(c => c is not ('.' or '/') && char.GetUnicodeCategory(c) is not (
        UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format)));

    private static string WithoutBrackets(string number) => string.Concat(number.Where(c => c is not ('(' or ')')));

    /// <summary>Returns what follows so many characters, brackets not counted.</summary>
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
