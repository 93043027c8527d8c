using OracleCct.Tool;

return await CommandLine.RunAsync(args, ToolConsole.OfThisProcess());
