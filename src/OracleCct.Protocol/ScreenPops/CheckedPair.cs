using System;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>One pair of a screen pop as the rules look at it, with what is known of its name.</summary>
internal sealed class CheckedPair
{
    // Longer ones are no names that somebody has typed.
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

    /// <summary>The key that the name stands for, in some forms at least. Null: none that is known.</summary>
    public ScreenPopKey? Key { get; }

    /// <summary>Those of the pop's forms that know the key so spelled.</summary>
    public EbsForms KnownIn => _knowingForms & Pop.Forms;

    /// <summary>Whether the name is spelled as the key is, so that every form knows it.</summary>
    public bool IsSpelledAsKey => Key is not null && Key.Name == Name;

    public bool IsEmpty => Value.AsSpan().Trim(' ').IsEmpty;

    /// <summary>Oracle's own numbers have 38 digits. Signs, points and blanks, of which it takes some, are nothing that a phone system should count on.</summary>
    public bool IsNumber => Value.Length is > 0 and <= 38 && PhoneDigits.AreAll(Value);

    /// <summary>The name for a finding. Null where it does not look like one: a caller's number or name may have got there by mistake.</summary>
    public string? ShownName => IsSpelledAsKey || LooksLikeName(Name) ? Name : null;

    /// <summary>The name for a sentence.</summary>
    public string NameInWords => ShownName ?? "A pair whose name is no key";

    /// <summary>Whether a text has more bytes of UTF-8 than that.</summary>
    public static bool IsLonger(string text, int bytes) => text.Length > bytes / MostBytesOfChar && Encoding.UTF8.GetByteCount(text) > bytes;

    /// <summary>The name as a form compares it with others: two that are the same here are one to the form.</summary>
    public string NameIn(EbsForms form) =>
        (_knowingForms & form) != 0 ? Key!.Name
        : Key is null && (form & (EbsForms.Collections | EbsForms.EBusinessCenter)) != 0 ? Name.ToUpperInvariant()
        : Name;

    /// <summary>The longest value that the pair may have, in bytes of UTF-8; of several forms, the strictest counts.</summary>
    public int MaxLengthIn(EbsForms forms) => Key?.MaxLengthIn(forms & _knowingForms) ?? ScreenPopKeys.MaxValueLength;

    private static bool LooksLikeName(string text) =>
        text.Length is > 0 and <= LongestShownName
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')
        && text.Count(char.IsAsciiDigit) <= MostShownDigits;
}
