using System;

namespace OracleCct.Protocol;

/// <summary>Specifies the source of what is known of a key.</summary>
public enum ScreenPopKeySource
{
    /// <summary>Oracle's examples show the key. What EBS does with it may differ from what they say.</summary>
    OracleExamples,

    /// <summary>The forms of EBS read the key; no published example shows it.</summary>
    EbsBehaviour,
}

/// <summary>Represents a key of a screen pop.</summary>
/// <remarks>Immutable, and safe to use from several threads. <see cref="ScreenPopKeys"/> lists the keys.</remarks>
public sealed class ScreenPopKey
{
    private readonly (EbsForms Forms, int Length)[] _limits;

    internal ScreenPopKey(
        string name,
        string meaning,
        ScreenPopKeySource source,
        EbsForms readBy = EbsForms.None,
        EbsForms numberIn = EbsForms.None,
        string? subject = null,
        string? useInstead = null,
        params (EbsForms Forms, int Length)[] limits)
    {
        Name = name;
        Meaning = meaning;
        Source = source;
        ReadBy = readBy;
        NumberIn = numberIn;
        Subject = subject;
        UseInstead = useInstead;
        _limits = limits;
    }

    /// <summary>Gets the key, spelled as on the wire. Never null.</summary>
    public string Name { get; }

    /// <summary>Gets the meaning of its value in a few English words. Never null.</summary>
    public string Meaning { get; }

    /// <summary>Gets the source from which the key is known.</summary>
    public ScreenPopKeySource Source { get; }

    /// <summary>Gets the forms that read it.</summary>
    /// <value><see cref="EbsForms.None"/> for a key that no form reads; EBS's Java client or a site's own code may read it.</value>
    public EbsForms ReadBy { get; }

    /// <summary>Gets the forms that convert its value to a number: the pop fails there with any other value. In the other forms it is text.</summary>
    public EbsForms NumberIn { get; }

    /// <summary>
    /// Gets whether a form searches by it, so that it competes with other keys. The caller's number is not a business key: forms use it when no business key is
    /// sent.
    /// </summary>
    public bool IsBusinessKey => Subject is not null;

    /// <summary>Gets the key that does what this one seems to do; null when there is none.</summary>
    public string? UseInstead { get; }

    /// <summary>Gets what the forms search for by the key: two keys of one subject do not compete when their values are equal.</summary>
    internal string? Subject { get; }

    /// <summary>
    /// Returns the longest value that a form accepts; null when no limit for the key is known, so that <see cref="ScreenPopKeys.MaxValueLength"/> applies.
    /// </summary>
    /// <param name="form">The form. Of several forms, the strictest counts.</param>
    /// <returns>The limit in bytes of UTF-8: EBS's variables count bytes if its database does (inferred). An ASCII character has one byte.</returns>
    public int? MaxLengthIn(EbsForms form)
    {
        int? strictest = null;
        foreach ((EbsForms forms, int length) in _limits)
        {
            if ((forms & form) != 0)
            {
                strictest = Math.Min(length, strictest ?? length);
            }
        }

        return strictest;
    }

    /// <summary>Returns the key's name.</summary>
    public override string ToString() => Name;
}
