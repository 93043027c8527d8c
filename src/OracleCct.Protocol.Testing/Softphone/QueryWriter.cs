using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>Writes callouts in the encodings that EBS may use.</summary>
internal static class QueryWriter
{
    private const string Password = "agentPassword=hidden";
    private static readonly AgentPassword Hidden = new("hidden");

    public static string Write(Callout callout, UwqQueryEncoding encoding)
    {
        string query = CalloutQueryFormatter.Default.Write(callout);
        return encoding == UwqQueryEncoding.Percent
            ? query
            : string.Join(
                "&", query.Split('&').Select(pair => string.Join("=", pair.Split(['='], 2).Select(part => Encode(Uri.UnescapeDataString(part), encoding)))));
    }

    /// <summary>Returns the query without passwords.</summary>
    public static string Show(Callout callout, UwqQueryEncoding encoding)
    {
        Callout shown = callout switch
        {
            LoginCallout login => login with { AgentPassword = Hidden },
            LogoutCallout logout => logout with { AgentPassword = Hidden },
            _ => callout,
        };
        string query = Write(shown, encoding);

        // Extra fields may contain anything, and so may an id that is not valid.
        bool mayHoldMore = callout is UnknownCallout
            || callout.ExtraFields.Count > 0
            || (callout is AgentCallout { Agent: var agent } && SafeText.Agent(agent) != agent)
            || new StringBuilder(query).Replace(Password, "").ToString().Contains("password", StringComparison.OrdinalIgnoreCase);
        return mayHoldMore ? CalloutQueryFormatter.Redact(query) : new StringBuilder(query).Replace(Password, "agentPassword=***").ToString();
    }

    private static string Encode(string text, UwqQueryEncoding encoding)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)one;
            _ = encoding == UwqQueryEncoding.JavaUrlEncoder && c == ' ' ? encoded.Append('+')
                : (encoding == UwqQueryEncoding.JavaUrlEncoder ? IsKeptByJava(c) : c is > ' ' and < '\x7F' and not '#') ? encoded.Append(c)
                : encoded.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private static bool IsKeptByJava(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '*' or '_';
}
