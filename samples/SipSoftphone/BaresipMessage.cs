using System;
using System.Text;
using System.Text.Json;

namespace OracleCct.Samples;

/// <summary>What baresip sends. A field that is missing, or is no text, is null.</summary>
internal abstract record BaresipMessage
{
    /// <summary>Reads the JSON of a message. Callers write parts of it, so that nothing in it can be relied on.</summary>
    /// <returns>Null where it is neither an event nor a response.</returns>
    public static BaresipMessage? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            // By way of a string: baresip hands on callers' bytes that are not UTF-8, which are to cost the name alone.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(json));
            JsonElement message = document.RootElement;
            return message.ValueKind != JsonValueKind.Object ? null
                : message.TryGetProperty("response", out _) ? new BaresipResponse(Text(message, "token"), IsTrue(message, "ok"), Text(message, "data") ?? "")
                : Text(message, "type") is { } type ? new BaresipEvent
                {
                    Type = type,
                    IsOutgoing = Text(message, "direction") == "outgoing",
                    CallId = Text(message, "id"),
                    PeerUri = Text(message, "peeruri"),
                    Reason = Text(message, "param"),
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsTrue(JsonElement message, string name) => message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement message, string name)
    {
        try
        {
            return message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }
}

/// <summary>The answer to a command.</summary>
internal sealed record BaresipResponse(string? Token, bool IsOk, string Data) : BaresipMessage;

/// <summary>Something that has happened at the phone.</summary>
internal sealed record BaresipEvent : BaresipMessage
{
    public required string Type { get; init; }

    public bool IsOutgoing { get; init; }

    /// <summary>The Call-ID of SIP, which the calling side makes.</summary>
    public string? CallId { get; init; }

    public string? PeerUri { get; init; }

    /// <summary>Why a call was closed. Of other events it is not to be used: baresip 1.0.0 takes a caller's address for a format there.</summary>
    public string? Reason { get; init; }
}
