using System.CommandLine;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Represents the options that identify the agent.</summary>
internal sealed class AgentOptions
{
    private readonly Option<string> _agent = Options.Text("--agent", "ID", "The ID of the agent at the ACD (agentID).", required: true);
    private readonly Option<string> _teleset = Options.Text("--teleset", "NUMBER", "The extension of the agent's phone (telesetNumber).", required: true);

    public void AddTo(Command command)
    {
        command.Add(_agent);
        command.Add(_teleset);
    }

    public AgentIdentity Read(ParseResult parsed) => new(parsed.GetValue(_teleset)!, parsed.GetValue(_agent)!);
}
