using System;

namespace OracleCct.Protocol;

/// <summary>A function that this library does not know, with all its parameters in <see cref="Callout.ExtraFields"/>.</summary>
/// <remarks>Oracle calls its own list of callouts examples, so there may be more; a site may also have added some.</remarks>
public sealed record UnknownCallout : Callout
{
    private const int LongestDisplayName = 64;

    /// <summary>Makes a callout of a function that this library does not know.</summary>
    /// <param name="functionName">The function, as on the wire. May be empty.</param>
    /// <param name="extraFields">The parameters: see <see cref="Callout.ExtraFields"/>. <see langword="null"/> sends none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="functionName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="functionName"/> is one that has its own record, in whatever case.</exception>
    public UnknownCallout(string functionName, WireFields? extraFields = null)
    {
        if (CalloutShapes.Find((functionName ?? throw new ArgumentNullException(nameof(functionName))).AsSpan()) is { } known)
        {
            throw new ArgumentException($"{known.Name} is no unknown function: it has its own record.", nameof(functionName));
        }

        FunctionName = functionName;
        ExtraFields = extraFields ?? WireFields.Empty;
    }

    /// <summary>The function, spelled as it was received (parameter <c>FunctionName</c>). Never null; empty when it was sent empty.</summary>
    public override string FunctionName { get; }

    /// <summary>
    /// The function as far as it is a name. The rest may be parameters, a password among them, from a client that separates them in a way of its own.
    /// </summary>
    internal override string DisplayName
    {
        get
        {
            int length = 0;
            while (length < FunctionName.Length && length < LongestDisplayName && IsNameCharacter(FunctionName[length]))
            {
                length++;
            }

            return length == FunctionName.Length ? FunctionName : $"{FunctionName.Substring(0, length)}…";
        }
    }

    internal override MessageShape<Callout> Shape => Describe(FunctionName, this);

    /// <summary>The function as far as it is a name, and how many fields there are. What else stands there may be somebody's password.</summary>
    public override string ToString() => $"UnknownCallout {{ FunctionName = {DisplayName}, ExtraFields = {ExtraFields} }}";

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';
}
