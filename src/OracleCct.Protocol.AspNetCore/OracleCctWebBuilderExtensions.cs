using System;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OracleCct.Protocol;

/// <summary>Provides extension methods that configure ASP.NET Core inside <c>AddOracleCct</c>.</summary>
public static class OracleCctWebBuilderExtensions
{
    /// <summary>
    /// Keeps the query strings of all requests to the application out of ASP.NET Core's logs. By default, ASP.NET Core logs each request with its query string,
    /// and Login and Logout carry a password in it.
    /// </summary>
    /// <remarks>
    /// <para>The logging categories <c>Microsoft.AspNetCore.Hosting.Diagnostics</c>, <c>Microsoft.AspNetCore.Server.Kestrel.BadRequests</c>,
    /// <c>Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware</c> and <c>Microsoft.AspNetCore.Rewrite.RewriteMiddleware</c> log nothing below Warning.
    /// <c>UseHttpLogging</c> and <c>UseW3CLogging</c> omit the query string.</para>
    /// <para>This method overrides the configuration and the logging setup of the application, whether they come before or after this call. Only a later
    /// <c>PostConfigure</c> of the same options undoes it. In that case, <c>MapOracleCct</c> logs a warning that names the open categories.</para>
    /// <para>This method does not affect Kestrel's <c>UseConnectionLogging</c>, which logs every byte, a logging library that replaces ASP.NET Core's
    /// <see cref="ILoggerFactory"/>, IIS, proxies or APM agents.</para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddOracleCct</c> passes to its callback.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is no service collection: the builder is that of a <see cref="TelephonyAdapter"/>
    /// constructor.</exception>
    public static TelephonyAdapterBuilder HideQueriesInLogs(this TelephonyAdapterBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services
            ?? throw new InvalidOperationException("The adapter has no service collection. Call HideQueriesInLogs inside services.AddOracleCct(…).");
        _ = services
            .PostConfigure<LoggerFilterOptions>(QueryLogging.Hide)
            .PostConfigure<HttpLoggingOptions>(QueryLogging.Hide)
            .PostConfigure<W3CLoggerOptions>(QueryLogging.Hide);
        return builder;
    }
}
