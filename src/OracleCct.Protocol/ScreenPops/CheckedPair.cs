using System;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Represents a pair of a screen pop for the rules, with what is known of its name.</summary>
internal sealed class CheckedPair
{
    // A longer name is unlikely to have been typed.
    private const int LongestShownName = 40;
    private const int MostShownDigits = 4;

    private const int MostBytesOfChar = 3;

    private readonly EbsForms _knowingForms;

    public CheckedPair(CheckedPop pop, WireField field)
    {
        Pop = pop;
        Field = field;
        (Key, _knowingForms) = ScreenPopKeys.Resolve(field.Name);
    }

    public CheckedPop Pop { get; }

    public WireField Field { get; }

    public string Name => Field.Name;

    public string Value => Field.Value;

    /// <summary>Gets the key that at least some forms read under the name; null when no known key has it.</summary>
    public ScreenPopKey? Key { get; }

    /// <summary>Gets those of the pop's forms that know the key in this spelling.</summary>
    public EbsForms KnownIn => _knowingForms & Pop.Forms;

    /// <summary>Indicates whether the name is spelled exactly like the key, so that every form knows it.</summary>
    public bool IsSpelledAsKey => Key is not null && Key.Name == Name;

    public bool IsEmpty => Value.AsSpan().Trim(' ').IsEmpty;

    /// <summary>
    /// Indicates whether the value is a number of up to 38 digits, as many as Oracle's numbers have. Oracle also accepts some signs, points and spaces; phone
    /// systems should not rely on that.
    /// </summary>
    public bool IsNumber => Value.Length is > 0 and <= 38 && PhoneDigits.AreAll(Value);

    /// <summary>Gets the name for a finding; null when it does not look like a key, because a caller's number or name may be there by mistake.</summary>
    public string? ShownName => IsSpelledAsKey || LooksLikeName(Name) ? Name : null;

    /// <summary>Gets the name for a sentence.</summary>
    public string NameInWords => ShownName ?? "A pair whose name does not look like a key";

    /// <summary>Indicates whether a text has more bytes in UTF-8 than the limit.</summary>
    public static bool IsLonger(string text, int bytes) => text.Length > bytes / MostBytesOfChar && Encoding.UTF8.GetByteCount(text) > bytes;

    /// <summary>Returns the name as a form compares it: a form treats two names as one when this method returns the same text for both.</summary>
    public string NameIn(EbsForms form) =>
        (_knowingForms & form) != 0 ? Key!.Name
        : Key is null && (form & (EbsForms.Collections | EbsForms.EBusinessCenter)) != 0 ? Name.ToUpperInvariant()
        : Name;

    /// <summary>Returns the longest value that the pair may have in the strictest of the forms, in bytes of UTF-8.</summary>
    public int MaxLengthIn(EbsForms forms) => Key?.MaxLengthIn(forms & _knowingForms) ?? ScreenPopKeys.MaxValueLength;

    private static bool LooksLikeName(string text) =>
        text.Length is > 0 and <= LongestShownName
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')
        && text.Count(char.IsAsciiDigit) <= MostShownDigits;
}
