using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>The passwords of all agents that there have been, which a softphone might repeat. Not thread-safe.</summary>
internal sealed class KnownPasswords
{
    // Shorter values that are no more than perhaps a password stand in too many texts by chance.
    private const int ShortestGuess = 4;
    private const string Password = "agentPassword";

    private readonly HashSet<string> _passwords = [];

    /// <summary>What is no secret, even if a password is the same: ids, numbers, and the words that documents are made of.</summary>
    private readonly HashSet<string> _open = ["CCTSDK", "event", "data", "name", "value", "ScreenPop", "CallEstablished", "CallReleased", "Error"];

    public void Add(AgentIdentity agent, AgentPassword password)
    {
        _ = _passwords.Add(password.Reveal());
        _ = _open.Add(agent.AgentId);
        _ = _open.Add(agent.TelesetNumber);
    }

    /// <param name="query">The callout. What stands openly in it, such as an agent's id, is no secret; what is hidden in print may be one.</param>
    /// <param name="callout">The same, when it can be read.</param>
    public Secrets InReplyTo(string query, Callout? callout)
    {
        ILookup<bool, string> sent = Values(query, isWhole: true).ToLookup(one => one.IsOpen, one => one.Value);
        AgentPassword? password = (callout as LoginCallout)?.AgentPassword ?? (callout as LogoutCallout)?.AgentPassword;
        return new(_passwords.Concat(sent[false]).Append(password?.Reveal() ?? ""), _open.Concat(sent[true]));
    }

    /// <param name="text">The event. Where it does not speak of a password, one of digits alone cannot be told from a number.</param>
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
            string name = i < shown.Length ? shown[i][0] : Shown.Hidden;

            // An extension or a number to dial is open, however it is written, unless a client of other separators may have put more there.
            bool isOpen = isShown || (name is not (Shown.Hidden or Password) && InTwo(value).Length == 1 && shown.Count(other => other[0] == name) == 1);
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
