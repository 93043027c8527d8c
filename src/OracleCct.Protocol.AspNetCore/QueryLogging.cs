using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OracleCct.Protocol;

/// <summary>The places where ASP.NET Core writes query strings into logs, which for Login and Logout hold a password.</summary>
internal static class QueryLogging
{
    /// <summary>Who says the query, and at which level: of every request, of one that the server cannot read, and of one that is redirected.</summary>
    private static readonly (string Category, LogLevel Level)[] Places =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information),
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Debug),
        ("Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware", LogLevel.Debug),
    ];

    public static void Hide(LoggerFilterOptions options)
    {
        // A rule of one provider counts more than any rule of all, so each provider that has rules gets its own.
        foreach (string? provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
        {
            foreach ((string category, _) in Places)
            {
                Hide(options.Rules, provider, category);
            }
        }
    }

    public static void Hide(HttpLoggingOptions options) => options.LoggingFields &= ~HttpLoggingFields.RequestQuery;

    public static void Hide(W3CLoggerOptions options) => options.LoggingFields &= ~W3CLoggingFields.UriQuery;

    /// <summary>Logs one warning if what can be asked shows that query strings are logged.</summary>
    public static void WarnOf(IServiceProvider services)
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

    private static void Hide(IList<LoggerFilterRule> rules, string? provider, string category)
    {
        List<LoggerFilterRule> own = [.. rules.Where(rule => rule.ProviderName == provider && string.Equals(rule.CategoryName?.TrimEnd('*'), category, StringComparison.OrdinalIgnoreCase))];
        LogLevel level = own.Select(rule => rule.LogLevel ?? LogLevel.Trace).Append(LogLevel.Warning).Max();
        own.ForEach(rule => rules.Remove(rule));
        rules.Add(new(provider, category, level, null));
    }
}
