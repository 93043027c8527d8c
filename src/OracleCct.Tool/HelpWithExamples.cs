using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace OracleCct.Tool;

/// <summary>Prints the usual help, followed by details, examples and exit codes.</summary>
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
        output.WriteLine("  0  success");
        output.WriteLine("  1  a message failed, or a check found a problem");
        output.WriteLine("  2  the command could not run");
        return ExitCode.Fine;
    }
}
