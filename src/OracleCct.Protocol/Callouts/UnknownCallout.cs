using System;

namespace OracleCct.Protocol;

/// <summary>A function that this library does not know, with all its parameters in <see cref="Callout.ExtraFields"/>.</summary>
/// <remarks>Oracle calls its own list of callouts examples, so there may be more; a site may also have added some.</remarks>
public sealed record UnknownCallout : Callout
{
    /// <summary>Makes a callout of a function that this library does not know.</summary>
    /// <param name="functionName">The function, as on the wire. May be empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="functionName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="functionName"/> is one that has its own record, in whatever case.</exception>
    public UnknownCallout(string functionName)
    {
        if (CalloutShapes.Find(functionName ?? throw new ArgumentNullException(nameof(functionName))) is { } known)
        {
            throw new ArgumentException($"{known.Name} is no unknown function: it has its own record.", nameof(functionName));
        }

        FunctionName = functionName;
    }

    /// <summary>The function, spelled as it was received (parameter <c>FunctionName</c>). Never null; empty when it was sent empty.</summary>
    public override string FunctionName { get; }

    internal override MessageShape<Callout> Shape => ShapeOf(FunctionName);

    internal static MessageShape<Callout> ShapeOf(string functionName) => new(
        functionName, [], (_, extra) => new UnknownCallout(functionName) { ExtraFields = extra }, static (_, _) => null);
}
