using System;

namespace OracleCct.Tool;

/// <summary>The exception that is thrown when the command cannot run. The message is for the user and contains no password.</summary>
internal sealed class UsageException(string message) : Exception(message);
