using System;

namespace OracleCct.Protocol;

/// <summary>Represents a function that this library does not know, with all its parameters in <see cref="Callout.ExtraFields"/>.</summary>
/// <remarks>Oracle calls its list of callouts examples, so there may be more, and a site may have added some.</remarks>
public sealed record UnknownCallout : Callout
{
    private const int LongestDisplayName = 64;

    /// <summary>Initializes a new callout of a function that this library does not know.</summary>
    /// <param name="functionName">The function, as on the wire. May be empty.</param>
    /// <param name="extraFields">The parameters: see <see cref="Callout.ExtraFields"/>. <see langword="null"/> sends none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="functionName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="functionName"/> has its own record, in any case.</exception>
    public UnknownCallout(string functionName, WireFields? extraFields = null)
    {
        if (CalloutShapes.Find((functionName ?? throw new ArgumentNullException(nameof(functionName))).AsSpan()) is { } known)
        {
            throw new ArgumentException($"{known.Name} is a known function. Use its own record.", nameof(functionName));
        }

        FunctionName = functionName;
        ExtraFields = extraFields ?? WireFields.Empty;
    }

    /// <summary>Gets the function, spelled as it was received (parameter <c>FunctionName</c>). Never null; empty when it was sent empty.</summary>
    public override string FunctionName { get; }

    /// <summary>
    /// Gets the function as far as it is a name. The rest may be parameters, including a password, from a client that uses other separators.
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

    /// <summary>Returns the function as far as it is a name, and the number of fields. The rest may be a password.</summary>
    public override string ToString() => $"UnknownCallout {{ FunctionName = {DisplayName}, ExtraFields = {ExtraFields} }}";

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';
}
