using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Keeps the passwords of all agents so far, which a softphone might repeat. Not thread-safe.</summary>
internal sealed class KnownPasswords
{
    // Shorter values that may or may not be a password occur in too many texts by chance.
    private const int ShortestGuess = 4;
    private const string Password = "agentPassword";

    private readonly HashSet<string> _passwords = [];

    /// <summary>Words that are not secret, even if a password is equal: ids, numbers, and the vocabulary of documents.</summary>
    private readonly HashSet<string> _open = ["CCTSDK", "event", "data", "name", "value", "ScreenPop", "CallEstablished", "CallReleased", "Error"];

    public void Add(AgentIdentity agent, AgentPassword password)
    {
        _ = _passwords.Add(password.Reveal());
        _ = _open.Add(agent.AgentId);
        _ = _open.Add(agent.TelesetNumber);
    }

    /// <param name="query">The callout. Its visible values, such as an agent's id, are not secret; redacted values may be.</param>
    /// <param name="callout">The same callout, when it can be read.</param>
    public Secrets InReplyTo(string query, Callout? callout)
    {
        ILookup<bool, string> sent = Values(query, isWhole: true).ToLookup(one => one.IsOpen, one => one.Value);
        AgentPassword? password = (callout as LoginCallout)?.AgentPassword ?? (callout as LogoutCallout)?.AgentPassword;
        return new(_passwords.Concat(sent[false]).Append(password?.Reveal() ?? ""), _open.Concat(sent[true]));
    }

    /// <param name="text">The event. If it does not mention a password, a password of digits cannot be distinguished from a number.</param>
    public Secrets InEvent(string text)
    {
        bool isAboutPasswords = text.Contains("password", StringComparison.OrdinalIgnoreCase);
        return new(_passwords.Where(password => isAboutPasswords || !password.All(c => c is >= '0' and <= '9')), _open);
    }

    private static IEnumerable<(string Value, bool IsOpen)> Values(string query, bool isWhole)
    {
        string[][] shown = [.. CalloutQueryFormatter.Redact(query).Split('&').Select(InTwo)];
        string[][] pairs = [.. query.Split(['&'], StringSplitOptions.RemoveEmptyEntries).Select(InTwo)];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Length < 2)
            {
                continue;
            }

            string raw = pairs[i][1];
            string value = Uri.UnescapeDataString(raw);
            bool isShown = i < shown.Length && shown[i].Length == 2 && string.Equals(shown[i][1], raw, StringComparison.OrdinalIgnoreCase);
            string name = i < shown.Length ? shown[i][0] : SafeText.Hidden;

            // An extension or a number to dial is visible, however it is written, unless a client with other separators may have put more there.
            bool isOpen = isShown || (name is not (SafeText.Hidden or Password) && InTwo(value).Length == 1 && shown.Count(other => other[0] == name) == 1);
            foreach (string spelling in new[] { raw, value, Uri.UnescapeDataString(raw.Replace('+', ' ')) })
            {
                if (isOpen || name == Password || spelling.Length >= ShortestGuess)
                {
                    yield return (spelling, isOpen);
                }
            }

            if (!isOpen && isWhole)
            {
                foreach ((string Value, bool IsOpen) inside in Values(value, isWhole: false))
                {
                    yield return inside;
                }
            }
        }
    }

    private static string[] InTwo(string pair) => pair.Split(['='], 2);
}
