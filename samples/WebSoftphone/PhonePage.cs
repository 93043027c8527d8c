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

/// <summary>The agent's page and what it asks for.</summary>
internal static class PhonePage
{
    public const string Path = "/phone";

    public static void UsePhonePage(this WebApplication app)
    {
        // Who types the softphone's address into a browser wants to see the page.
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
        _ = page.MapPost("/dial", async (Wish wish, Softphone softphone) => Answer(await UnknownAsync(wish, softphone) ?? softphone.Switch.Dial(wish.Agent, wish.Number ?? "")));
        _ = page.MapPost("/ring", async (Wish wish, Softphone softphone) => Answer(await UnknownAsync(wish, softphone) ?? softphone.Switch.Ring(wish.Agent, wish.Number ?? "")));
        _ = page.MapPost("/answer", (Wish wish, Softphone softphone) => Answer(
            softphone.CallOf(wish.Agent) is { IsOutgoing: false } call && softphone.Switch.Answer(call) ? null : "No call rings."));
        _ = page.MapPost("/hangup", (Wish wish, Softphone softphone) => Answer(
            softphone.CallOf(wish.Agent) is { } call && softphone.Switch.HangUp(call) ? null : "There is no call."));
    }

    private static async Task<string?> UnknownAsync(Wish wish, Softphone softphone) =>
        await softphone.KnowsAsync(wish.Agent) ? null : $"EBS has not signed {wish.Agent} in.";

    private static IResult Answer(string? problem) => problem is null ? TypedResults.NoContent() : TypedResults.Conflict(new Problem(problem));

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

    /// <summary>What the page asks for.</summary>
    internal sealed record Wish(string? AgentId, string? Extension, string? Number)
    {
        internal AgentIdentity Agent => new(Extension ?? "", AgentId ?? "");
    }
}
