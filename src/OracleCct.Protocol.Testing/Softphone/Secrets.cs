using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Finds and hides secrets in texts.</summary>
internal sealed class Secrets
{
    private static readonly Regex Quoted = new("\"[^\"]*\"|'[^']*'");
    private static readonly Regex EscapedByte = new("%([0-9A-Fa-f]{2})");
    private static readonly Regex EscapedInJson = new(@"\\(?:u([0-9A-Fa-f]{4})|([""\\/]))");

    private readonly string[] _words;

    /// <param name="words">The secrets.</param>
    /// <param name="open">Words that are not secret, even if a secret is equal.</param>
    public Secrets(IEnumerable<string> words, IEnumerable<string> open) =>
        _words = [.. words.Where(word => word.Length > 0).Except(open, StringComparer.Ordinal).OrderByDescending(word => word.Length)];

    /// <summary>Indicates whether a text contains one of them as a separate word, literal or escaped as in XML, HTML, JSON or a URL.</summary>
    public bool AreIn(string text) => _words.Length > 0 && Spellings(text).Any(spelling => _words.Any(word => IndexOf(spelling, word, 0) >= 0));

    /// <summary>Returns the text with asterisks instead of secrets; only asterisks, if the text contains an escaped one.</summary>
    public string Hide(string text)
    {
        if (!AreIn(text))
        {
            return text;
        }

        string shown = text;
        foreach (string word in _words)
        {
            shown = Hide(shown, word);
            if (Spellings(shown).Any(spelling => IndexOf(spelling, word, 0) >= 0))
            {
                return SafeText.Hidden;
            }
        }

        return shown;
    }

    /// <summary>
    /// Returns a document with asterisks instead of secrets in its values, so that it can still be read; elsewhere like <see cref="Hide(string)"/>.
    /// </summary>
    public string HideInXml(string text) =>
        Hide(Quoted.Replace(text, quoted => quoted.Value[0] + Hide(quoted.Value.Substring(1, quoted.Length - 2)) + quoted.Value[0]));

    private static IEnumerable<string> Spellings(string text)
    {
        string withoutReferences = WebUtility.HtmlDecode(text);
        string withBlanks = withoutReferences.Replace('+', ' ');
        return
        [
            text,
            withoutReferences,
            Uri.UnescapeDataString(withoutReferences),
            Uri.UnescapeDataString(withBlanks),
            EscapedByte.Replace(withBlanks, Character),
            EscapedInJson.Replace(withoutReferences, escape => escape.Groups[1].Success ? Character(escape) : escape.Groups[2].Value),
        ];
    }

    private static string Character(Match escape) => ((char)int.Parse(escape.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();

    private static string Hide(string text, string word)
    {
        var shown = new StringBuilder();
        int from = 0;
        for (int at = IndexOf(text, word, 0); at >= 0; at = IndexOf(text, word, from))
        {
            _ = shown.Append(text, from, at - from).Append(SafeText.Hidden);
            from = at + word.Length;
        }

        return shown.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Returns where a word occurs that is not part of a longer word or number.</summary>
    private static int IndexOf(string text, string word, int from)
    {
        for (int at = text.IndexOf(word, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (!GoesOn(text, at - 1, word[0]) && !GoesOn(text, at + word.Length, word[word.Length - 1]))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool GoesOn(string text, int index, char edge) =>
        index >= 0 && index < text.Length && char.IsLetterOrDigit(text[index]) && char.IsLetterOrDigit(edge);
}
