using Microsoft.Extensions.Logging;

namespace OracleCct.Protocol;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 1,
        EventName = "QueriesAreLogged",
        Level = LogLevel.Warning,
        Message = "Agents' passwords will be logged. Login and Logout carry them in the query string, and query strings are written by {Places}. "
            + "Call HideQueriesInLogs() in AddOracleCct, or set these categories to Warning.")]
    public static partial void QueriesAreLogged(ILogger logger, string places);
}
