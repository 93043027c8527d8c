using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Sends an event and shows its outcome.</summary>
internal static class EventSender
{
    public static ParsedOption<TimeSpan> Timeout() => Options.Seconds("--timeout", "How long to wait for EBS's answer.", "10");

    /// <summary>Sends the event.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> SendAsync(
        ToolConsole console, Output output, EventTarget target, TimeSpan timeout, CctEvent cctEvent, CancellationToken cancellationToken)
    {
        using var client = new HttpEventClient(target.Client with { Timeout = timeout }, timeProvider: console.Time);
        long begin = console.Time.GetTimestamp();
        EventDelivery delivery;
        try
        {
            delivery = await client.SendAsync(target.EbsAddress, cctEvent, cancellationToken);
        }
        catch (ProtocolFormatException exception)
        {
            return Show(output, target, cctEvent, new() { Status = EventDeliveryStatus.NotSent }, problem: exception.Message);
        }

        return Show(output, target, cctEvent, delivery, CctXmlFormatter.Default.WriteToString(cctEvent), console.Time.GetElapsedTime(begin));
    }

    /// <summary>Shows that an event was not sent because of its findings.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(Output output, EventTarget target, CctEvent cctEvent) =>
        Show(output, target, cctEvent, new() { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.RefusedByRules });

    private static int Show(
        Output output, EventTarget target, CctEvent cctEvent, EventDelivery delivery, string? xml = null, TimeSpan? duration = null, string? problem = null)
    {
        bool isDelivered = delivery.Status == EventDeliveryStatus.Delivered;
        var json = new JsonObject
        {
            ["kind"] = "event",
            ["to"] = target.EbsAddress.ToString(),
            ["event"] = cctEvent.Name,
            ["call"] = (cctEvent as CallEvent)?.SourceId,
            ["xml"] = xml,
            ["outcome"] = delivery.Status.ToString(),
            ["reason"] = delivery.Reason?.ToString(),
            ["problem"] = problem,
            ["status"] = (int?)delivery.HttpStatus,
            ["answer"] = delivery.ResponseBody,
            ["ms"] = duration is { } time ? Describe.Milliseconds(time) : null,
        };
        string reason = problem is null ? Explain(delivery) : $": {problem}";
        output.Show(json, $"{Describe.Event(cctEvent)} to {target.EbsAddress}: [{Describe.Colour(isDelivered)}]{delivery}[/]{reason}");
        if (delivery.ResponseBody is { Length: > 0 } answer && !isDelivered)
        {
            output.Say($"  EBS answered: {answer}");
        }

        return isDelivered ? ExitCode.Fine : ExitCode.NotFine;
    }

    private static string Explain(EventDelivery delivery) => delivery switch
    {
        { Reason: NotSentReason.Unreachable } => ": no program listens at this address.",
        { Reason: NotSentReason.RefusedByRules } => ": see the findings above. Nothing was sent. Use --rules report to send it anyway.",
        { Status: EventDeliveryStatus.Unknown } => ": the event was sent, but no answer arrived.",
        _ => "",
    };
}
