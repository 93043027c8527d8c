using System.Collections.Generic;
using System.CommandLine;

namespace OracleCct.Tool;

/// <summary>Represents a command with examples and details in its help.</summary>
internal sealed class ToolCommand(string name, string summary, IReadOnlyList<string> examples, string details = "") : Command(name, summary)
{
    /// <summary>Gets the details, which the command's own help shows and a list of commands does not.</summary>
    public string Details => details;

    /// <summary>Gets the examples.</summary>
    public IReadOnlyList<string> Examples => examples;
}
