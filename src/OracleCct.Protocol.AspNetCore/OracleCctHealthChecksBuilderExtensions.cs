using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OracleCct.Protocol;

/// <summary>Provides the extension method that adds a health check for the connection to EBS.</summary>
public static class OracleCctHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check that reports Degraded when CheckStatus has not arrived for longer than <paramref name="maxSilence"/>.</summary>
    /// <remarks>
    /// <para>EBS sends CheckStatus "periodically". Oracle does not document how often, nor whether EBS sends it while no agent is signed in. Look at a
    /// transcript of your site, and allow several of its periods.</para>
    /// <para>The check is healthy before the first CheckStatus, because EBS may have no reason to send one yet. The data of the check are
    /// <c>refusedRequests</c> and, after the first CheckStatus, <c>lastCheckStatusAt</c>. The check measures the time since CheckStatus
    /// with the clock of the endpoint (<see cref="CalloutEndpoint.TimeSinceCheckStatus"/>), which is the <see cref="TimeProvider"/> of the container if there
    /// is one.</para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddHealthChecks</c> returns.</param>
    /// <param name="maxSilence">The longest time since the last CheckStatus that is healthy.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status that a failing check reports. <see langword="null"/> uses <see cref="HealthStatus.Degraded"/>, because callouts
    /// may still work.</param>
    /// <param name="tags">The tags that filter health checks. <see langword="null"/> adds none.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSilence"/> is not greater than zero.</exception>
    public static IHealthChecksBuilder AddOracleCct(
        this IHealthChecksBuilder builder,
        TimeSpan maxSilence,
        string name = "oracle-cct",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxSilence, TimeSpan.Zero);
        return builder.Add(new(
            name,
            services => new CheckStatusHealthCheck(services.GetRequiredService<CalloutEndpoint>(), maxSilence),
            failureStatus ?? HealthStatus.Degraded,
            tags));
    }
}
