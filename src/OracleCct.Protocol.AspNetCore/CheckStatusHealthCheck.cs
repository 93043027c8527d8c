using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OracleCct.Protocol;

/// <summary>Checks how long ago EBS last sent CheckStatus.</summary>
internal sealed class CheckStatusHealthCheck(CalloutEndpoint endpoint, TimeSpan maxSilence) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["refusedRequests"] = endpoint.RefusedCount };
        if (endpoint.TimeSinceCheckStatus is not { } silence)
        {
            return Task.FromResult(HealthCheckResult.Healthy("EBS has not sent CheckStatus yet.", data));
        }

        data["lastCheckStatusAt"] = endpoint.LastCheckStatusAt!;
        string description = FormattableString.Invariant($"EBS last sent CheckStatus {(long)silence.TotalSeconds} s ago.");
        return Task.FromResult(silence <= maxSilence
            ? HealthCheckResult.Healthy(description, data)
            : new HealthCheckResult(context.Registration.FailureStatus, description, data: data));
    }
}
