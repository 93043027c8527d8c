using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OracleCct.Protocol;

/// <summary>Provides the extension method that receives callouts through ASP.NET Core endpoint routing.</summary>
public static class OracleCctEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a path to the <see cref="CalloutEndpoint"/> of the container. The endpoint answers every request to the path, whatever its method, so the guard and
    /// the replies are the same as on any other host.
    /// </summary>
    /// <remarks>
    /// <para>A callout that has started runs to its end even if EBS drops the connection, because Java's HTTP client sends the request again by itself. The
    /// callout is cancelled when the application stops.</para>
    /// <para>The server must know the sender's address. Otherwise the guard refuses the request. ASP.NET Core's <c>TestServer</c> and Unix domain sockets do
    /// not know it. With those, set <see cref="CalloutGuardOptions.Peers"/> to <see cref="AddressSet.Any"/>. This is safe when no other program can
    /// connect.</para>
    /// <para><c>UseHttpLogging</c> and output caching skip the endpoint. If ASP.NET Core still logs query strings, this method logs one warning when it is
    /// called, because Login and Logout carry a password in the query string. See <see cref="OracleCctWebBuilderExtensions.HideQueriesInLogs"/>.</para>
    /// <para>The guard answers CORS preflight requests itself. If the application calls <c>UseCors</c> with a default policy, the CORS middleware answers them
    /// first. To prevent this, call <c>ShortCircuit()</c> on the returned builder.</para>
    /// </remarks>
    /// <param name="endpoints">The route builder of the application, such as the <see cref="WebApplication"/> itself.</param>
    /// <param name="pattern">The path, as a route pattern. The URL in EBS's profile option "CCT: Basic Telephony: Third Party URL" must lead to it. The default
    /// is <c>"/"</c>.</param>
    /// <returns>A builder that adds further conventions to the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddOracleCct</c> was not called, or a callout has two handlers.</exception>
    public static IEndpointConventionBuilder MapOracleCct(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        IServiceProvider services = endpoints.ServiceProvider;
        CalloutEndpoint callouts = services.GetService<CalloutEndpoint>()
            ?? throw new InvalidOperationException("No CalloutEndpoint is registered. Call services.AddOracleCct(…) before building the app.");
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        QueryLogging.WarnIfLogged(services);
        return endpoints.Map(pattern, context => HttpCallout.AnswerAsync(context, callouts, stopping))
            .WithDisplayName("EBS callouts")
            .WithMetadata(new HttpLoggingAttribute(HttpLoggingFields.None), new OutputCacheAttribute { NoStore = true });
    }
}
