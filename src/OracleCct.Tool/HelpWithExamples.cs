using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace OracleCct.Tool;

/// <summary>The usual help, and what it has no place for.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _ = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ToolCommand command)
        {
            if (command.Details.Length > 0)
            {
                output.WriteLine(command.Details);
                output.WriteLine();
            }

            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        output.WriteLine("  0  all is well");
        output.WriteLine("  1  what was sent or looked at is not");
        output.WriteLine("  2  the command could not run");
        return ExitCode.Fine;
    }
}
