using System;

namespace OracleCct.Protocol;

/// <summary>Where a fact about a key is known from.</summary>
public enum ScreenPopKeySource
{
    /// <summary>The key stands in Oracle's examples. What EBS does with it may still be another thing than they say.</summary>
    OracleExamples,

    /// <summary>The forms of EBS read it; no published example has it.</summary>
    EbsBehaviour,
}

/// <summary>What is known of one key of a screen pop.</summary>
/// <remarks>Immutable, and safe to use from several threads. The keys are in <see cref="ScreenPopKeys"/>.</remarks>
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

    /// <summary>The key, spelled as on the wire. Never null.</summary>
    public string Name { get; }

    /// <summary>What its value says, in a few English words. Never null.</summary>
    public string Meaning { get; }

    /// <summary>Where the key is known from.</summary>
    public ScreenPopKeySource Source { get; }

    /// <summary>The forms that read it.</summary>
    /// <value><see cref="EbsForms.None"/> for a key that no form reads: EBS's Java client or a site's own code may.</value>
    public EbsForms ReadBy { get; }

    /// <summary>The forms that make a number of its value: another value ends the pop there. In the others it is text.</summary>
    public EbsForms NumberIn { get; }

    /// <summary>Whether a form looks somebody or something up by it, and so whether it competes with others. The caller's number is none: it is what is left when no business key is sent.</summary>
    public bool IsBusinessKey => Subject is not null;

    /// <summary>The key that does what this one seems to do. Null: no other.</summary>
    public string? UseInstead { get; }

    /// <summary>What is looked up: two keys of one subject do not compete when they say the same.</summary>
    internal string? Subject { get; }

    /// <summary>The longest value that a form takes. Null: no limit of its own is known, and <see cref="ScreenPopKeys.MaxValueLength"/> holds.</summary>
    /// <param name="form">The form; of several, the strictest counts.</param>
    /// <returns>The limit in bytes of UTF-8: EBS's variables count bytes where its database does (inferred), and a character of ASCII is one.</returns>
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

    /// <summary>The key's name.</summary>
    public override string ToString() => Name;
}
