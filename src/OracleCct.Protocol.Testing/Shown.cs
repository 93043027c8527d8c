using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>What a callout says, as far as <see cref="CalloutQueryFormatter.Redact"/> shows it: in the rest there may be a password, from a client that separates parameters in a way of its own.</summary>
internal static class Shown
{
    public const string Hidden = "***";

    // One more than is shown of any value.
    private const int MostCharacters = 65;

    /// <summary>The function, as far as it is a name.</summary>
    public static string Function(Callout callout) => Value("FunctionName", callout.FunctionName);

    public static AgentIdentity Agent(AgentIdentity agent) => new(Value("telesetNumber", agent.TelesetNumber), Value("agentID", agent.AgentId));

    /// <summary>The value of a parameter, or asterisks.</summary>
    public static string Value(string parameter, string value) =>
        CalloutQueryFormatter.Redact(parameter + "=" + string.Concat(value.Take(MostCharacters).Select(Escaped))).Substring(parameter.Length + 1);

    private static string Escaped(char c) => c is '%' or '&' or <= ' ' ? "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture) : c.ToString();
}
