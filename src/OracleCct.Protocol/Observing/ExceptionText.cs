using System;
using System.Collections.Generic;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>An exception in print, without the secrets of the callout that it belongs to.</summary>
internal sealed class ExceptionText
{
    private const int MaxLength = 16_384;
    private const int MaxExceptions = 10;

    private readonly string _text;

    /// <param name="exception">The exception.</param>
    /// <param name="secrets">What to hide.</param>
    /// <param name="withStack">Whether the text has the stacks, too.</param>
    public ExceptionText(Exception exception, CalloutSecrets secrets, bool withStack = true)
    {
        Exception = exception;
        Message = MessageOf(exception, secrets);
        var text = new StringBuilder();
        int count = 0;
        Append(text, exception, secrets, withStack, ref count);
        _text = Cut(text.ToString());
    }

    public Exception Exception { get; }

    public string Type => Exception.GetType().FullName ?? "";

    /// <summary>The exception's own message, with asterisks for the secrets.</summary>
    public string Message { get; }

    /// <summary>Type, message and stack, of inner exceptions, too.</summary>
    public override string ToString() => _text;

    private static void Append(StringBuilder text, Exception exception, CalloutSecrets secrets, bool withStack, ref int count)
    {
        if (++count > MaxExceptions)
        {
            return;
        }

        _ = text.Append(count == 1 ? "" : "\n ---> ").Append(exception.GetType().FullName).Append(": ").Append(MessageOf(exception, secrets));
        IEnumerable<Exception> inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        foreach (Exception next in inner)
        {
            Append(text, next, secrets, withStack, ref count);
        }

        if (withStack && StackOf(exception) is { } stack)
        {
            _ = text.Append('\n').Append(secrets.HideInStack(stack));
        }
    }

    /// <summary>Exceptions may come from the softphone, and so may the properties that they override.</summary>
    private static string MessageOf(Exception exception, CalloutSecrets secrets)
    {
        try
        {
            return Cut(secrets.HideInMessage(exception.Message));
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "(its message cannot be read)";
        }
    }

    private static string? StackOf(Exception exception)
    {
        try
        {
            return exception.StackTrace;
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text.Remove(MaxLength) + "…";
}
