using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>An agent's password, by ways that others do not see, and by one that they do.</summary>
internal sealed class PasswordOption
{
    public const string Variable = "CCT_PASSWORD";

    private const string StandardInput = "-";

    private readonly Option<string> _password = Options.Text(
        "--password",
        "PASSWORD",
        $"The agent's password, which the list of processes then shows; - for the first line of standard input. [default: the environment variable {Variable}, or you are asked]");

    public void AddTo(Command command) => command.Add(_password);

    /// <returns>Null when there is none, and nobody to ask.</returns>
    public async Task<AgentPassword?> ReadAsync(ToolConsole console, ParseResult parsed, CancellationToken cancellationToken)
    {
        string? password = parsed.GetValue(_password) switch
        {
            StandardInput => await console.Lines.ReadLineAsync(cancellationToken) ?? throw new UsageException("Standard input has no line for the password."),
            null => console.EnvironmentVariable(Variable) ?? (console.AskSecret is { } ask ? await ask("Password of the agent:", cancellationToken) : null),
            { } text => text,
        };
        return password is null ? null : new(password);
    }

    /// <exception cref="UsageException">There is none, and nobody to ask.</exception>
    public async Task<AgentPassword> RequireAsync(ToolConsole console, ParseResult parsed, string why, CancellationToken cancellationToken) =>
        await ReadAsync(console, parsed, cancellationToken)
        ?? throw new UsageException($"{why}: set the environment variable {Variable}, or use --password - with standard input.");
}
