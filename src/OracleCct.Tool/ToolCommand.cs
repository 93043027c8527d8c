using System.Collections.Generic;
using System.CommandLine;

namespace OracleCct.Tool;

/// <summary>A command with more in its help.</summary>
internal sealed class ToolCommand(string name, string summary, IReadOnlyList<string> examples, string details = "") : Command(name, summary)
{
    /// <summary>What its own help says, and a list of commands need not.</summary>
    public string Details => details;

    public IReadOnlyList<string> Examples => examples;
}
