using System;
using System.Collections.Generic;

namespace OracleCct.Protocol.Testing;

/// <summary>Determines how EBS understands an answer, and its problems.</summary>
internal static class ReplyReader
{
    public static (UwqReply Reply, IReadOnlyList<(string Code, string Message)> Flaws) Read(
        CalloutAttempt attempt, int attempts, TimeSpan duration, Secrets secrets)
    {
        var flaws = new List<(string Code, string Message)>();
        if (attempt.End != AttemptEnd.Answered)
        {
            flaws.Add(("UWQ202", $"{Sentence(attempt.Trouble)} Answer every callout with status 200, and a failed one with an Error."));
            return (
                new()
                {
                    Kind = UwqReplyKind.NoAnswer,
                    StatusCode = attempt.StatusCode,
                    ErrorMessage = attempt.Trouble,
                    Attempts = attempts,
                    Duration = duration,
                },
                flaws);
        }

        string body = attempt.Body;
        string? error = null;
        UwqReplyKind kind = UwqReplyKind.Success;
        if (attempt.StatusCode >= 400)
        {
            kind = UwqReplyKind.LostBody;
            flaws.Add(("UWQ201", $"The status is {attempt.StatusCode}, so a Java client loses the body. Send an Error with status 200."));
        }
        else if (attempt.Redirect is { } target)
        {
            kind = UwqReplyKind.Redirect;
            error = target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
            flaws.Add((
                "UWQ206",
                $"The status is {attempt.StatusCode}, with a Location, so a Java client also sends the callout there. "
                + "Answer with status 200 where the callout arrives."));
        }
        else if (attempt.StatusCode is not (>= 200 and < 300))
        {
            flaws.Add(("UWQ206", $"The status is {attempt.StatusCode}. A Java client reads the body as with 200, but other clients may not. Send status 200."));
        }

        if (kind == UwqReplyKind.Success && body.Length > 0)
        {
            bool isRead = CctXmlFormatter.Default.TryRead(body, out IReadOnlyList<CctEvent>? events, out ProtocolError? problem);
            if (isRead && events!.Count == 1 && events[0] is ErrorEvent one)
            {
                kind = UwqReplyKind.Error;
                error = one.Message ?? one.Details ?? "";
            }
            else if (!isRead || events!.Count > 0)
            {
                flaws.Add((
                    "UWQ204",
                    $"The body is neither empty nor a CCTSDK document with no event or one Error{(problem is null ? "." : $": {problem.Message}")}"));
            }
        }

        if (secrets.AreIn(body) || (error is not null && secrets.AreIn(error)))
        {
            flaws.Add((
                "UWQ205",
                "The reply repeats an agent's password, or a value of the callout that may be one. The reply may be logged. Remove the value."));
            body = secrets.Hide(body);
            error = error is null ? null : secrets.Hide(error);
        }

        return (
            new()
            {
                Kind = kind,
                StatusCode = attempt.StatusCode,
                Body = body,
                ErrorMessage = error,
                Attempts = attempts,
                Duration = duration,
            },
            flaws);
    }

    private static string? Sentence(string? text) => text is { Length: > 0 } && text[text.Length - 1] != '.' ? text + "." : text;
}
