using System;
using System.Text;
using System.Text.Json;

namespace OracleCct.Samples;

/// <summary>Represents a message from baresip. A field that is missing or is not a string is <see langword="null"/>.</summary>
internal abstract record BaresipMessage
{
    /// <summary>Reads the JSON of a message. Do not trust its content: parts of it come from callers.</summary>
    /// <returns><see langword="null"/> when the message is neither an event nor a response.</returns>
    public static BaresipMessage? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            // Parsing a string replaces invalid bytes: baresip forwards callers' bytes that are not UTF-8, and only the name is to suffer.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(json));
            JsonElement message = document.RootElement;
            return message.ValueKind != JsonValueKind.Object ? null
                : message.TryGetProperty("response", out _)
                    ? new BaresipResponse(Text(message, "token"), IsTrue(message, "ok"), Text(message, "data") ?? "")
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

    private static bool IsTrue(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement message, string name)
    {
        try
        {
            return message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // The string contains half a surrogate pair.
            return null;
        }
    }
}

/// <summary>Represents the response to a command.</summary>
internal sealed record BaresipResponse(string? Token, bool IsOk, string Data) : BaresipMessage;

/// <summary>Represents something that happened at the phone.</summary>
internal sealed record BaresipEvent : BaresipMessage
{
    public required string Type { get; init; }

    public bool IsOutgoing { get; init; }

    /// <summary>Gets SIP's Call-ID, which the calling side chooses.</summary>
    public string? CallId { get; init; }

    public string? PeerUri { get; init; }

    /// <summary>
    /// Gets the reason why a call was closed. Do not use it for other events: there, baresip 1.0.0 treats a caller's address as a format string.
    /// </summary>
    public string? Reason { get; init; }
}
