using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OracleCct.Protocol;

/// <summary>Takes callouts by the routing of ASP.NET Core.</summary>
public static class OracleCctEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Takes callouts at a path: the container's <see cref="CalloutEndpoint"/> answers every request there, whatever its method, so the guard and the replies are the same as on any other host.
    /// </summary>
    /// <remarks>
    /// <para>A callout that has begun is carried out to its end also when EBS drops the connection, since Java's HTTP client asks again by itself; it is cancelled when the application stops.</para>
    /// <para>The server must know the sender's address, or else the guard takes it for a stranger. ASP.NET Core's <c>TestServer</c> and Unix domain sockets do not: there, set
    /// <see cref="CalloutGuardOptions.Peers"/> to <see cref="AddressSet.Any"/>, which is safe where nobody else can connect.</para>
    /// <para>The endpoint is left out of <c>UseHttpLogging</c> and of output caching. Where ASP.NET Core would log query strings all the same, it logs one warning, once, at the time of this call:
    /// two callouts have a password in theirs. See <see cref="OracleCctWebBuilderExtensions.HideQueriesInLogs"/>.</para>
    /// <para>The guard answers browsers' CORS questions itself. If the application has <c>UseCors</c> with a default policy, that would answer them first: add <c>ShortCircuit()</c> to what this returns.</para>
    /// </remarks>
    /// <param name="endpoints">Where the application keeps its endpoints, such as the <see cref="WebApplication"/> itself.</param>
    /// <param name="pattern">The path, as a pattern of routing. EBS's profile option has the URL that leads to it. <c>"/"</c> by default.</param>
    /// <returns>For further conventions of the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddOracleCct</c> was not called, or a callout has two handlers.</exception>
    public static IEndpointConventionBuilder MapOracleCct(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        IServiceProvider services = endpoints.ServiceProvider;
        CalloutEndpoint callouts = services.GetService<CalloutEndpoint>()
            ?? throw new InvalidOperationException("There is nobody to answer callouts: call services.AddOracleCct(…) before the application is built.");
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        QueryLogging.WarnOf(services);
        return endpoints.Map(pattern, context => HttpCallout.AnswerAsync(context, callouts, stopping))
            .WithDisplayName("EBS callouts")
            .WithMetadata(new HttpLoggingAttribute(HttpLoggingFields.None), new OutputCacheAttribute { NoStore = true });
    }
}
