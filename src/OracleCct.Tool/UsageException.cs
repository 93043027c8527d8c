using System;

namespace OracleCct.Tool;

/// <summary>The command cannot do its work. The message is one sentence for the user, without a password in it.</summary>
internal sealed class UsageException(string message) : Exception(message);
