using System.Collections.Generic;
using System.CommandLine;

namespace OracleCct.Tool;

/// <summary>A command with examples in its help.</summary>
internal sealed class ToolCommand(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
