using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Maps the agent's page and its endpoints.</summary>
internal static class PhonePage
{
    public const string Path = "/phone";

    public static void UsePhonePage(this WebApplication app)
    {
        // A user who opens the softphone's URL in a browser expects the page.
        _ = app.Use((http, next) =>
        {
            if (http.Request is not { Path.Value: "/", QueryString.HasValue: false, Method: "GET" } || http.Request.Headers["Sec-Fetch-Mode"] != "navigate")
            {
                return next(http);
            }

            http.Response.Redirect(Path + "/");
            return Task.CompletedTask;
        });
        _ = app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), phone => phone.Use(PageGuard.CheckAsync));
        _ = app.UseFileServer(new FileServerOptions { RequestPath = Path });

        RouteGroupBuilder page = app.MapGroup(Path);
        _ = page.MapGet("/events", (LiveFeed feed, Softphone softphone, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(FollowAsync(feed, softphone, lifetime.ApplicationStopping, cancellationToken)));
        _ = page.MapPost("/dial", async (PageRequest request, Softphone softphone) =>
            ResultOf(await AgentProblemAsync(request, softphone) ?? softphone.Switch.Dial(request.Agent, request.Number ?? "")));
        _ = page.MapPost("/ring", async (PageRequest request, Softphone softphone) =>
            ResultOf(await AgentProblemAsync(request, softphone) ?? softphone.Switch.Ring(request.Agent, request.Number ?? "")));
        _ = page.MapPost("/answer", (PageRequest request, Softphone softphone) =>
            ResultOf(softphone.CallOf(request.Agent) is { IsOutgoing: false } call && softphone.Switch.TryAnswer(call) ? null : "No call is ringing."));
        _ = page.MapPost("/hangup", (PageRequest request, Softphone softphone) =>
            ResultOf(softphone.CallOf(request.Agent) is { } call && softphone.Switch.TryHangUp(call) ? null : "There is no call."));
    }

    private static async Task<string?> AgentProblemAsync(PageRequest request, Softphone softphone) =>
        await softphone.IsRegisteredAsync(request.Agent) ? null : $"EBS has not registered {request.Agent}. Sign the agent in to EBS first.";

    private static IResult ResultOf(string? problem) => problem is null ? TypedResults.NoContent() : TypedResults.Conflict(new Problem(problem));

    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(
        LiveFeed feed, Softphone softphone, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (WireMessage? message in feed.FollowAsync(stopping, cancellationToken))
        {
            yield return message is null
                ? new(JsonSerializer.Serialize(await softphone.StateAsync(), JsonSerializerOptions.Web), "state")
                : new(JsonSerializer.Serialize(message, JsonSerializerOptions.Web), "wire");
        }
    }

    /// <summary>Represents a request of the page.</summary>
    internal sealed record PageRequest(string? AgentId, string? Extension, string? Number)
    {
        internal AgentIdentity Agent => new(Extension ?? "", AgentId ?? "");
    }
}
