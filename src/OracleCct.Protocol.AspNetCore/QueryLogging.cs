using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OracleCct.Protocol;

/// <summary>Finds and closes the places where ASP.NET Core logs query strings. Those of Login and Logout hold a password.</summary>
internal static class QueryLogging
{
    /// <summary>
    /// The categories that log a query string, each with its level: of every request, of a request that the server cannot read, and of a request that is
    /// redirected or rewritten.
    /// </summary>
    private static readonly (string Category, LogLevel Level)[] Places =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information),
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Debug),
        ("Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware", LogLevel.Debug),
        ("Microsoft.AspNetCore.Rewrite.RewriteMiddleware", LogLevel.Debug),
    ];

    private static readonly HashSet<string> Categories = [.. Places.Select(place => place.Category)];

    public static void Hide(LoggerFilterOptions options)
    {
        // The logging framework selects the rule for a category. Whichever it selects, the rule lets no query through.
        for (int i = 0; i < options.Rules.Count; i++)
        {
            options.Rules[i] = WithoutQueries(options.Rules[i]);
        }

        // These rules apply where no other rule does, because the last of two rules for one category applies.
        foreach (string category in Categories)
        {
            options.Rules.Insert(0, new(null, category, LogLevel.Warning, null));
        }
    }

    public static void Hide(HttpLoggingOptions options) => options.LoggingFields &= ~HttpLoggingFields.RequestQuery;

    public static void Hide(W3CLoggerOptions options) => options.LoggingFields &= ~W3CLoggingFields.UriQuery;

    /// <summary>Logs one warning if the logger factory or the W3C logging options show that query strings are logged.</summary>
    public static void WarnIfLogged(IServiceProvider services)
    {
        var factory = services.GetRequiredService<ILoggerFactory>();
        List<string> places = [.. Places.Where(place => factory.CreateLogger(place.Category).IsEnabled(place.Level)).Select(place => place.Category)];
        if (services.GetServices<IConfigureOptions<W3CLoggerOptions>>().Any()
            && services.GetRequiredService<IOptionsMonitor<W3CLoggerOptions>>().CurrentValue.LoggingFields.HasFlag(W3CLoggingFields.UriQuery))
        {
            places.Add("UseW3CLogging");
        }

        if (places.Count > 0)
        {
            Log.QueriesAreLogged(factory.CreateLogger(typeof(OracleCctEndpointRouteBuilderExtensions)), string.Join(", ", places));
        }
    }

    private static LoggerFilterRule WithoutQueries(LoggerFilterRule rule) => new(
        rule.ProviderName,
        rule.CategoryName,
        rule.LogLevel,
        (provider, category, level) => (level >= LogLevel.Warning || category is null || !Categories.Contains(category))
            && (rule.Filter?.Invoke(provider, category, level) ?? true));
}
