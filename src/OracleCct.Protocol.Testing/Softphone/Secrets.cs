using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>The passwords that a softphone might repeat in a reply: those of the callout, and of all agents.</summary>
internal sealed class Secrets
{
    private const string Hidden = "***";
    private readonly string[] _words;

    private Secrets(IEnumerable<string> words, IEnumerable<string> open) =>
        _words = [.. words.Where(word => word.Length > 0).Except(open, StringComparer.Ordinal).OrderByDescending(word => word.Length)];

    /// <param name="query">The callout. What stands openly in it, such as an agent's id, is no secret, even if a password is the same.</param>
    /// <param name="agents">The agents.</param>
    public static Secrets Of(string query, IReadOnlyList<UwqAgent> agents)
    {
        ILookup<bool, string> sent = (
            from pair in query.Split('&')
            let parts = pair.Split(['='], 2)
            where parts.Length == 2
            let isPassword = string.Equals(Uri.UnescapeDataString(parts[0]), "agentPassword", StringComparison.OrdinalIgnoreCase)
            from value in new[] { parts[1], Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[1].Replace('+', ' ')) }
            select (isPassword, value)).ToLookup(one => one.isPassword, one => one.value);
        return new(
            sent[true].Concat(agents.Select(agent => agent.Password.Reveal())),
            sent[false].Concat(agents.SelectMany(agent => new[] { agent.Identity.AgentId, agent.Identity.TelesetNumber })));
    }

    /// <summary>Whether one of them is there as a word of its own, escaped as in XML, HTML or a URL or not.</summary>
    public bool AreIn(string text) => _words.Length > 0 && Spellings(text).Any(spelling => _words.Any(word => IndexOf(spelling, word, 0) >= 0));

    /// <summary>The text with asterisks for them; nothing but asterisks, if one is escaped in it.</summary>
    public string Hide(string text)
    {
        string shown = _words.Aggregate(text, Hide);
        return AreIn(shown) ? Hidden : shown;
    }

    private static IEnumerable<string> Spellings(string text)
    {
        string withoutReferences = WebUtility.HtmlDecode(text);
        return [text, withoutReferences, Uri.UnescapeDataString(withoutReferences), Uri.UnescapeDataString(withoutReferences.Replace('+', ' '))];
    }

    private static string Hide(string text, string word)
    {
        var shown = new StringBuilder();
        int from = 0;
        for (int at = IndexOf(text, word, 0); at >= 0; at = IndexOf(text, word, from))
        {
            _ = shown.Append(text, from, at - from).Append(Hidden);
            from = at + word.Length;
        }

        return shown.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Where a word stands that is not a piece of a longer one or of a number.</summary>
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
