using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>
/// Shows the parts of a callout that <see cref="CalloutQueryFormatter.Redact"/> shows. The rest may contain a password, if a client separates parameters in
/// another way, or control characters that forge lines of a log.
/// </summary>
internal static class SafeText
{
    public const string Hidden = "***";

    // One more than the number of characters that is shown of a value.
    private const int MostCharacters = 65;

    /// <summary>Returns the function, as far as it is a name.</summary>
    public static string Function(Callout callout) => Value("FunctionName", callout.FunctionName);

    public static AgentIdentity Agent(AgentIdentity agent) => new(TelesetNumber(agent), AgentId(agent));

    public static string TelesetNumber(AgentIdentity agent) => Value("telesetNumber", agent.TelesetNumber);

    public static string AgentId(AgentIdentity agent) => Value("agentID", agent.AgentId);

    /// <summary>Returns the value of a parameter, or asterisks.</summary>
    public static string Value(string parameter, string value) =>
        CalloutQueryFormatter.Redact(parameter + "=" + string.Concat(value.Take(MostCharacters).Select(Escaped))).Substring(parameter.Length + 1);

    private static string Escaped(char c) => c is '%' or '&' or <= ' ' ? "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture) : c.ToString();
}
