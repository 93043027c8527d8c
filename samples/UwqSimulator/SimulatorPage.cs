using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>What the page asks of the program: commands by POST, and a stream of what there is to see.</summary>
internal static class SimulatorPage
{
    public static void Configure(JsonSerializerOptions json) => json.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));

    public static void Map(IEndpointRouteBuilder app, SimulatorDesk desk)
    {
        RouteGroupBuilder api = app.MapGroup("/api").AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException)
            {
                return Refuse(SentenceOf(exception));
            }
            catch (OperationCanceledException)
            {
                return Refuse("This program is ending.");
            }
        });
        _ = api.MapGet("/events", (IHostApplicationLifetime program) =>
        {
            long last = 0;
            return EventStream.Of(desk.Changes, () =>
            {
                SimulatorView view = SimulatorView.Of(desk, last);
                last = view.Messages is [.., { } latest] ? latest.Number : last;
                return view;
            }, program.ApplicationStopping);
        });
        _ = api.MapPost("/agents", (NewAgent agent) => Add(desk, agent));
        _ = api.MapPost("/agents/{number:int}/fault", (int number, NewFault fault) => WithAgent(desk, number, agent =>
        {
            desk.SetFault(agent, fault.Fault);
            return Task.FromResult(Results.NoContent());
        }));
        _ = api.MapPost("/agents/{number:int}/remove", (int number, Nothing _, IHostApplicationLifetime program) => WithAgent(desk, number, async agent =>
        {
            await desk.RemoveAsync(agent, program.ApplicationStopping);
            return Results.NoContent();
        }));
        _ = api.MapPost("/agents/{number:int}/sign-in", (int number, Nothing _, IHostApplicationLifetime program) =>
            WithAgent(desk, number, async agent => Show(await agent.SignInAsync(program.ApplicationStopping))));
        _ = api.MapPost("/agents/{number:int}/sign-out", (int number, Nothing _, IHostApplicationLifetime program) =>
            WithAgent(desk, number, async agent => Show(await agent.SignOutAsync(program.ApplicationStopping))));
        _ = api.MapPost("/agents/{number:int}/callouts", (int number, AgentCommand command, IHostApplicationLifetime program) =>
            WithAgent(desk, number, async agent => Show(await agent.SendAsync(command.FunctionName ?? "", command.DialString ?? "", program.ApplicationStopping))));
        _ = api.MapPost("/callouts", async (AnyCallout callout, IHostApplicationLifetime program) =>
            Show(new("Callout", await desk.SendAsync((callout.Query ?? "").TrimEnd('\r', '\n'), program.ApplicationStopping))));
    }

    private static IResult Add(SimulatorDesk desk, NewAgent agent)
    {
        string telesetNumber = agent.TelesetNumber?.Trim() ?? "";
        string agentId = agent.AgentId?.Trim() ?? "";
        if (telesetNumber.Length == 0 || agentId.Length == 0)
        {
            return Refuse("An agent has an extension and an agent id.");
        }

        if (agent.ListenerPort is < 0 or > 65535)
        {
            return Refuse("A listener's port is a number from 0 to 65535, where 0 is any free one.");
        }

        DeskAgent added = desk.Add(telesetNumber, agentId, new()
        {
            Password = new(agent.Password ?? ""),
            Queue = agent.Queue?.Trim() ?? "",
            ListenerPort = agent.ListenerPort ?? 0,
        });
        return Results.Json(new { added.Number });
    }

    private static Task<IResult> WithAgent(SimulatorDesk desk, int number, Func<DeskAgent, Task<IResult>> act) =>
        desk.Find(number) is { } agent ? act(agent) : Task.FromResult(Refuse("This agent is not here any more."));

    private static IResult Show(DeskReply? reply) =>
        reply is null ? Refuse("There is no such function.") : Results.Json(new ReplyView(reply.Callout, reply.Reply));

    /// <summary>Without the name of a parameter, which .NET adds for programmers.</summary>
    private static string SentenceOf(Exception exception) =>
        exception is ArgumentException { ParamName: { } name } ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;

    private static IResult Refuse(string problem) => Results.Json(new Problem(problem), statusCode: StatusCodes.Status400BadRequest);

    private sealed record Nothing;

    private sealed record NewAgent(string? TelesetNumber, string? AgentId, string? Password, string? Queue, int? ListenerPort);

    private sealed record NewFault(UwqFault Fault);

    private sealed record AgentCommand(string? FunctionName, string? DialString);

    private sealed record AnyCallout(string? Query);
}
