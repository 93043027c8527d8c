using System;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Sends an event and says what became of it.</summary>
internal static class EventSender
{
    public static ParsedOption<TimeSpan> Timeout() => Options.Seconds("--timeout", "How long EBS may take to answer.", "10");

    /// <returns>The exit code.</returns>
    public static async Task<int> SendAsync(Output output, EventTarget target, TimeSpan timeout, CctEvent cctEvent, CancellationToken cancellationToken)
    {
        using var client = new HttpEventClient(target.Client with { Timeout = timeout });
        long begin = Stopwatch.GetTimestamp();
        EventDelivery delivery;
        try
        {
            delivery = await client.SendAsync(target.Listener, cctEvent, cancellationToken);
        }
        catch (ProtocolFormatException exception)
        {
            return Show(output, target, cctEvent, new() { Status = EventDeliveryStatus.NotSent }, problem: exception.Message);
        }

        return Show(output, target, cctEvent, delivery, CctXmlFormatter.Default.WriteToString(cctEvent), Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>Says that an event was not sent for what was found in it.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(Output output, EventTarget target, CctEvent cctEvent) =>
        Show(output, target, cctEvent, new() { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.RefusedByRules });

    private static int Show(Output output, EventTarget target, CctEvent cctEvent, EventDelivery delivery, string? xml = null, TimeSpan? duration = null, string? problem = null)
    {
        bool isDelivered = delivery.Status == EventDeliveryStatus.Delivered;
        var json = new JsonObject
        {
            ["kind"] = "event",
            ["to"] = target.Listener.ToString(),
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
        output.Show(json, $"{Describe.Event(cctEvent)} to {target.Listener}: [{Describe.Colour(isDelivered)}]{delivery}[/]{(problem is null ? Explain(delivery) : $": {problem}")}");
        if (delivery.ResponseBody is { Length: > 0 } answer && !isDelivered)
        {
            output.Say($"  EBS said: {answer}");
        }

        return isDelivered ? ExitCode.Fine : ExitCode.NotFine;
    }

    private static string Explain(EventDelivery delivery) => delivery switch
    {
        { Reason: NotSentReason.Unreachable } => ": nobody listens there.",
        { Reason: NotSentReason.RefusedByRules } => ": see above. Nothing was sent; --rules report sends it all the same.",
        { Status: EventDeliveryStatus.Unknown } => ": it was sent, and no answer came.",
        _ => "",
    };
}
