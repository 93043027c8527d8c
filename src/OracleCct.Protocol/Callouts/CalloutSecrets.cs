using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace OracleCct.Protocol;

/// <summary>
/// The texts of one callout that no exception may repeat in print: its password, and every value that <see cref="CalloutQueryFormatter.Redact"/> hides, since a
/// password may be in it.
/// </summary>
internal sealed class CalloutSecrets
{
    private const string Hidden = "***";
    private const string PasswordField = "agentPassword";

    // A shorter password is part of too many words. Its message is hidden whole. A shorter value that is not a password is not a secret.
    private const int ShortestMasked = 4;
    private const int MostPieces = 40;

    private static readonly char[] Separators = [';', '&', '=', ',', '?', '|', ':', ' ', '\t', '\r', '\n'];
    private static readonly Regex Escape = new(
        @"%([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|&#x([0-9A-Fa-f]{1,4});|&#([0-9]{1,4});|&(amp|lt|gt|quot|apos);|\\([""\\/])");

    private readonly HashSet<string> _masked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Pieces of hidden values. A stack, whose names are the program's own, may contain the same words.</summary>
    private readonly HashSet<string> _pieces = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _short = new(StringComparer.OrdinalIgnoreCase);
    private bool _hidesAll;

    private CalloutSecrets()
    {
    }

    public static CalloutSecrets None { get; } = new();

    /// <summary>Hides every message whole.</summary>
    public static CalloutSecrets Unknown { get; } = new() { _hidesAll = true };

    public static CalloutSecrets Of(Callout? callout)
    {
        var secrets = new CalloutSecrets();
        if (callout is null)
        {
            return secrets;
        }

        secrets.AddPassword((callout as LoginCallout)?.AgentPassword ?? (callout as LogoutCallout)?.AgentPassword);
        string query;
        try
        {
            query = CalloutQueryFormatter.Default.Write(callout);
        }
        catch (ProtocolFormatException)
        {
            return Unknown;
        }

        secrets.AddHiddenValues(query);
        return secrets;
    }

    /// <summary>
    /// The text with asterisks for each secret, or nothing but asterisks when a secret is in it in another spelling or is too short to be told from a word.
    /// </summary>
    public string HideInMessage(string text)
    {
        string shown = Mask(text, _masked.Concat(_pieces));
        return _hidesAll || _short.Any(secret => Contains(shown, secret)) || Spellings(shown).Any(IsSecretIn) ? Hidden : shown;
    }

    /// <summary>The names in a stack are the program's own, so that only long passwords and whole values are hidden.</summary>
    public string HideInStack(string text) => Mask(text, _masked);

    private static string Mask(string text, IEnumerable<string> secrets) => secrets.OrderByDescending(secret => secret.Length).Aggregate(text, Mask);

    private static string Mask(string text, string secret)
    {
        int at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return text;
        }

        var shown = new StringBuilder();
        int from = 0;
        for (; at >= 0; at = text.IndexOf(secret, from, StringComparison.OrdinalIgnoreCase))
        {
            _ = shown.Append(text, from, at - from).Append(Hidden);
            from = at + secret.Length;
        }

        return shown.Append(text, from, text.Length - from).ToString();
    }

    private bool IsSecretIn(string text) => _masked.Concat(_pieces).Concat(_short).Any(secret => Contains(text, secret));

    private static bool Contains(string text, string secret) => text.AsSpan().IndexOf(secret.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The text as a reader of URLs, forms, JSON or HTML would have it, where that differs.</summary>
    private static IEnumerable<string> Spellings(string text)
    {
        string unescaped = Escape.Replace(text, Character);
        string[] spellings = [unescaped, unescaped.Replace('+', ' '), Uri.UnescapeDataString(text), Uri.UnescapeDataString(text.Replace('+', ' '))];
        return spellings.Where(spelling => spelling != text).Distinct();
    }

    private static string Character(Match escape)
    {
        for (int i = 1; i <= 3; i++)
        {
            if (escape.Groups[i].Success)
            {
                return ((char)int.Parse(escape.Groups[i].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
            }
        }

        return escape.Groups[4].Success ? ((char)int.Parse(escape.Groups[4].Value, CultureInfo.InvariantCulture)).ToString()
            : escape.Groups[6].Success ? escape.Groups[6].Value
            : escape.Groups[5].Value switch { "amp" => "&", "lt" => "<", "gt" => ">", "quot" => "\"", _ => "'" };
    }

    private void AddHiddenValues(string query)
    {
        string[] sent = query.TrimStart('?').Split('&');
        string[] shown = CalloutQueryFormatter.Redact(query).TrimStart('?').Split('&');
        for (int i = 0; i < sent.Length; i++)
        {
            int equals = sent[i].AsSpan().IndexOf('=');
            string value = sent[i].Substring(equals + 1);
            if (i < shown.Length && shown[i].EndsWith("=" + value, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string decoded = Uri.UnescapeDataString(value);
            if (equals > 0 && string.Equals(sent[i].Substring(0, equals), PasswordField, StringComparison.OrdinalIgnoreCase))
            {
                AddPassword(new(decoded));
            }
            else
            {
                AddWithPieces(decoded);
            }
        }
    }

    /// <summary>A client that separates parameters in a way of its own may have put a password anywhere in a value.</summary>
    private void AddWithPieces(string value)
    {
        string[] pieces = value.Split(Separators);
        _hidesAll |= pieces.Length > MostPieces;
        Add(value, _masked);
        int start = 0;
        bool isPassword = false;
        foreach (string piece in pieces.Take(MostPieces))
        {
            HashSet<string> secrets = isPassword ? _masked : _pieces;
            Add(piece, secrets);
            Add(value.Substring(start), secrets);
            start += piece.Length + 1;
            isPassword = Contains(piece, "password");
        }
    }

    private void AddPassword(AgentPassword? password)
    {
        string text = password?.Reveal() ?? "";
        Add(text, _masked);
        Add(text.Trim(), _masked);
        if (text.Length is > 0 and < ShortestMasked)
        {
            _ = _short.Add(text);
        }
    }

    private static void Add(string secret, HashSet<string> secrets)
    {
        if (secret.Length < ShortestMasked)
        {
            return;
        }

        _ = secrets.Add(secret);
        try
        {
            string escaped = Uri.EscapeDataString(secret);
            _ = secrets.Add(escaped);
            _ = secrets.Add(string.Join("+", escaped.Split(["%20"], StringSplitOptions.None)));
        }
        catch (UriFormatException)
        {
            // Half a surrogate pair has no escape.
        }
    }
}
