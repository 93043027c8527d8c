using System;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OracleCct.Protocol;

/// <summary>What an ASP.NET Core application can say inside <c>AddOracleCct</c> besides.</summary>
public static class OracleCctWebBuilderExtensions
{
    /// <summary>
    /// Keeps query strings out of ASP.NET Core's logs, of all requests to the application: Login and Logout have a password in theirs, and by default ASP.NET Core logs each request with its query.
    /// </summary>
    /// <remarks>
    /// It counts more than the configuration and what the application configures of logging, before or after; a later <c>PostConfigure</c> of the same options alone undoes it, and then <c>MapOracleCct</c> warns of
    /// an open category. The logging categories <c>Microsoft.AspNetCore.Hosting.Diagnostics</c>, <c>Microsoft.AspNetCore.Server.Kestrel.BadRequests</c>,
    /// <c>Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware</c> and <c>Microsoft.AspNetCore.Rewrite.RewriteMiddleware</c> log warnings at least, and <c>UseHttpLogging</c> and <c>UseW3CLogging</c>
    /// leave the query out. It cannot reach Kestrel's <c>UseConnectionLogging</c>, which logs every byte, a logging library that takes the place of ASP.NET Core's <see cref="ILoggerFactory"/>,
    /// nor IIS, proxies and APM agents.
    /// </remarks>
    /// <param name="builder">What <c>AddOracleCct</c> hands over.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static OracleCctBuilder HideQueriesInLogs(this OracleCctBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Services
            .PostConfigure<LoggerFilterOptions>(QueryLogging.Hide)
            .PostConfigure<HttpLoggingOptions>(QueryLogging.Hide)
            .PostConfigure<W3CLoggerOptions>(QueryLogging.Hide);
        return builder;
    }
}
