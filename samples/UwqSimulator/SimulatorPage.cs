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

/// <summary>Maps the endpoints of the page: commands by POST, and a stream of the data.</summary>
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
                return Refuse(MessageOf(exception));
            }
            catch (OperationCanceledException)
            {
                return Refuse("The simulator is shutting down.");
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
            WithAgent(desk, number, async agent =>
                Show(await agent.SendAsync(command.FunctionName ?? "", command.DialString ?? "", program.ApplicationStopping))));
        _ = api.MapPost("/callouts", async (AnyCallout callout, IHostApplicationLifetime program) =>
            Show(new("Callout", await desk.SendAsync((callout.Query ?? "").TrimEnd('\r', '\n'), program.ApplicationStopping))));
    }

    private static IResult Add(SimulatorDesk desk, NewAgent agent)
    {
        string telesetNumber = agent.TelesetNumber?.Trim() ?? "";
        string agentId = agent.AgentId?.Trim() ?? "";
        if (telesetNumber.Length == 0 || agentId.Length == 0)
        {
            return Refuse("The extension or the agent ID is missing. Enter both.");
        }

        if (agent.ListenerPort is < 0 or > 65535)
        {
            return Refuse("The listener port is not valid. Use a number from 0 to 65535; 0 selects a free port.");
        }

        DeskAgent added = desk.Add(telesetNumber, agentId, new()
        {
            Password = new(agent.Password ?? ""),
            Queue = agent.Queue?.Trim() ?? "",
            EbsPort = agent.ListenerPort ?? 0,
        });
        return Results.Json(new { added.Number });
    }

    private static Task<IResult> WithAgent(SimulatorDesk desk, int number, Func<DeskAgent, Task<IResult>> act) =>
        desk.Find(number) is { } agent ? act(agent) : Task.FromResult(Refuse("The agent has been removed. Add it again."));

    private static IResult Show(DeskReply? reply) =>
        reply is null ? Refuse("The function does not exist. Use one of the page's buttons.") : Results.Json(new ReplyView(reply.Callout, reply.Reply));

    /// <summary>Returns the message without the parameter name that .NET adds.</summary>
    private static string MessageOf(Exception exception) =>
        exception is ArgumentException { ParamName: { } name }
            ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : exception.Message;

    private static IResult Refuse(string problem) => Results.Json(new Problem(problem), statusCode: StatusCodes.Status400BadRequest);

    private sealed record Nothing;

    private sealed record NewAgent(string? TelesetNumber, string? AgentId, string? Password, string? Queue, int? ListenerPort);

    private sealed record NewFault(UwqFault Fault);

    private sealed record AgentCommand(string? FunctionName, string? DialString);

    private sealed record AnyCallout(string? Query);
}
