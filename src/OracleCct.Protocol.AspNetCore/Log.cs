using Microsoft.Extensions.Logging;

namespace OracleCct.Protocol;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 1,
        EventName = "QueriesAreLogged",
        Level = LogLevel.Warning,
        Message = "Agents' passwords will be logged: the query strings of Login and Logout hold them, and they are written by {Places}. Call HideQueriesInLogs() in AddOracleCct, or set these categories to Warning.")]
    public static partial void QueriesAreLogged(ILogger logger, string places);
}
