using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OracleCct.Protocol;

/// <summary>Adds a health check of the connection to EBS.</summary>
public static class OracleCctHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that fails when EBS has sent CheckStatus before, but not for some time.</summary>
    /// <remarks>
    /// EBS sends CheckStatus "periodically". How often is not documented, nor whether it does so while no agent is signed in: look at a transcript of your site, and allow several of its periods. Before the first
    /// CheckStatus the check is healthy, since EBS may have no reason yet. Its data are <c>lastCheckStatusAt</c>, once there was one, and <c>refusedRequests</c>. The clock is that of
    /// <see cref="CalloutEndpointOptions.TimeProvider"/>.
    /// </remarks>
    /// <param name="builder">What <c>AddHealthChecks</c> returns.</param>
    /// <param name="maxSilence">How long ago the last CheckStatus may be.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What the check says when it fails; null: <see cref="HealthStatus.Degraded"/>, since callouts may work all the same.</param>
    /// <param name="tags">Tags to choose checks by; null: none.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSilence"/> is not greater than zero.</exception>
    public static IHealthChecksBuilder AddOracleCct(
        this IHealthChecksBuilder builder, TimeSpan maxSilence, string name = "oracle-cct", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxSilence, TimeSpan.Zero);
        return builder.Add(new(
            name,
            services => new CheckStatusHealthCheck(
                services.GetRequiredService<CalloutEndpoint>(),
                services.GetRequiredService<CalloutEndpointOptions>().TimeProvider,
                maxSilence),
            failureStatus ?? HealthStatus.Degraded,
            tags));
    }
}
