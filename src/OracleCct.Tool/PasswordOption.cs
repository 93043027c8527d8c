using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>
/// Reads an agent's password from standard input, from an environment variable, from a prompt, or from the command line, where other users can see it.
/// </summary>
internal sealed class PasswordOption
{
    public const string Variable = "CCT_PASSWORD";

    private const string StandardInput = "-";

    private readonly Option<string> _password = Options.Text(
        "--password",
        "PASSWORD",
        "The agent's password, which the list of processes then shows. Use - to read the first line of standard input. "
        + $"[default: the environment variable {Variable}, or a prompt]");

    public void AddTo(Command command) => command.Add(_password);

    /// <summary>Returns the password.</summary>
    /// <exception cref="UsageException">There is no password, and no terminal to prompt on.</exception>
    public async Task<AgentPassword> RequireAsync(ToolConsole console, ParseResult parsed, string why, CancellationToken cancellationToken)
    {
        string? password = parsed.GetValue(_password) switch
        {
            StandardInput => await console.Lines.ReadLineAsync(cancellationToken)
                ?? throw new UsageException("Standard input has no password. Write it on the first line."),
            null => console.EnvironmentVariable(Variable) ?? (console.AskSecret is { } ask ? await ask("The agent's password:", cancellationToken) : null),
            { } text => text,
        };
        return password is not null ? new(password)
            : throw new UsageException($"{why} Set the environment variable {Variable}, or use --password - with standard input.");
    }
}
