using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>The passwords of one callout, which a softphone might repeat in its reply.</summary>
internal sealed class Secrets
{
    private const string Hidden = "***";
    private readonly string[] _words;

    private Secrets(IEnumerable<string> words) =>
        _words = [.. words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length)];

    public static Secrets Of(string query) => new(
        from pair in query.Split('&')
        let parts = pair.Split(['='], 2)
        where parts.Length == 2 && string.Equals(Uri.UnescapeDataString(parts[0]), "agentPassword", StringComparison.OrdinalIgnoreCase)
        from word in new[] { parts[1], Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[1].Replace('+', ' ')) }
        select word);

    public bool AreIn(string? text) => text is not null && _words.Any(word => text.Contains(word, StringComparison.Ordinal));

    public string Hide(string text) => _words.Aggregate(new StringBuilder(text), (shown, word) => shown.Replace(word, Hidden)).ToString();
}
