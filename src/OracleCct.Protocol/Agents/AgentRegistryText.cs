using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>
/// Reads and writes the text of a <see cref="FileAgentRegistry"/>: two lines of heading, a line for each agent with four fields separated by tabs, and a last
/// line that reveals a torn or changed text. All of it is ASCII.
/// </summary>
internal static class AgentRegistryText
{
    private const string Title = "OracleCct.Protocol agent registry ";
    private const string Heading = Title + "1\ntelesetNumber\tagentID\tipAddress\tport\n";
    private const string End = "end";
    private const int EscapeLength = 6;

    public static string Write(Dictionary<AgentIdentity, EbsAddress> registrations)
    {
        var text = new StringBuilder(Heading);
        foreach (KeyValuePair<AgentIdentity, EbsAddress> registration in registrations)
        {
            Append(text, registration.Key.TelesetNumber, '\t');
            Append(text, registration.Key.AgentId, '\t');
            Append(text, registration.Value.Host, '\t');
            Append(text, registration.Value.Port.ToString(CultureInfo.InvariantCulture), '\n');
        }

        return text.Append(LastLine(text.ToString(), registrations.Count)).ToString();
    }

    /// <returns>What is wrong with the text, for the end of a sentence; null when it was read.</returns>
    public static string? Read(string text, out Dictionary<AgentIdentity, EbsAddress> registrations)
    {
        registrations = [];
        if (!text.StartsWith(Title, StringComparison.Ordinal))
        {
            return "it is not an agent registry";
        }

        if (!text.StartsWith(Heading, StringComparison.Ordinal))
        {
            return "its version is not 1";
        }

        int lastLine = text.Length < 2 || text[text.Length - 1] != '\n' ? -1 : text.LastIndexOf('\n', text.Length - 2) + 1;
        if (lastLine < Heading.Length)
        {
            return "its end is missing";
        }

        string body = text.Substring(0, lastLine);
        string[] lines = body.Substring(Heading.Length).Split('\n');
        if (text.Substring(lastLine) != LastLine(body, lines.Length - 1))
        {
            return "its checksum is wrong";
        }

        for (int i = 0; i < lines.Length - 1; i++)
        {
            if (!TryReadLine(lines[i], out AgentIdentity agent, out EbsAddress? ebsAddress) || registrations.ContainsKey(agent))
            {
                registrations.Clear();
                return FormattableString.Invariant($"line {i + 3} is not a registration");
            }

            registrations.Add(agent, ebsAddress);
        }

        return null;
    }

    private static bool TryReadLine(string line, out AgentIdentity agent, [NotNullWhen(true)] out EbsAddress? ebsAddress)
    {
        string[] fields = line.Split('\t');
        if (fields.Length == 4
            && Unescape(fields[0]) is { } telesetNumber
            && Unescape(fields[1]) is { } agentId
            && Unescape(fields[2]) is { } host
            && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is >= 1 and <= 65535)
        {
            agent = new(telesetNumber, agentId);
            return EbsAddress.TryCreate(host, port, out ebsAddress);
        }

        agent = default;
        ebsAddress = null;
        return false;
    }

    private static string LastLine(string body, int count) => FormattableString.Invariant($"{End}\t{count}\t{Checksum(body):x16}\n");

    /// <summary>Computes FNV-1a. It detects accidents, not forgeries, and needs no cryptography that a machine's policy may forbid.</summary>
    private static ulong Checksum(string body)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in body)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }

    private static void Append(StringBuilder text, string field, char end)
    {
        foreach (char c in field)
        {
            _ = c is < ' ' or > '~' or '\\' ? text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)) : text.Append(c);
        }

        _ = text.Append(end);
    }

    /// <returns>The text; null when a backslash does not begin an escape.</returns>
    private static string? Unescape(string field)
    {
        var text = new StringBuilder(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                _ = text.Append(field[i]);
                continue;
            }

            if (i + EscapeLength > field.Length || field[i + 1] != 'u')
            {
                return null;
            }

            int character = 0;
            for (int j = i + 2; j < i + EscapeLength; j++)
            {
                int digit = HexDigit.ValueOf(field[j]);
                if (digit < 0)
                {
                    return null;
                }

                character = (character * 16) + digit;
            }

            _ = text.Append((char)character);
            i += EscapeLength - 1;
        }

        return text.ToString();
    }
}
