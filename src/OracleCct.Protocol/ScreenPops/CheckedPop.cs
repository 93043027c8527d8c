using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Specifies how a caller's number was lost.</summary>
internal enum LostNumber : byte // so that a check stays within its budget of memory
{
    /// <summary>It was not lost.</summary>
    None,

    /// <summary>The caller-number policy left it out.</summary>
    LeftOut,

    /// <summary>The caller has none, and the caller-number policy makes that an error.</summary>
    Missing,
}

/// <summary>Represents a screen pop for the rules: its pairs in the order of the wire, and the forms to check it for.</summary>
internal sealed class CheckedPop
{
    public CheckedPop(ScreenPopEvent screenPop, EbsForms forms, LostNumber lostNumber = LostNumber.None)
    {
        Forms = forms;
        LostNumber = lostNumber;
        ReadOnlySpan<WireField> pairs = screenPop.GetPairs().AsSpan();
        Pairs = new CheckedPair[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            Pairs[i] = new(this, pairs[i]);
        }

        Dnis = Array.Find(Pairs, pair => pair.Name == ScreenPopKeys.Dnis)?.Value;
        HasAccountCode = Array.Exists(Pairs, pair => pair.Name == ScreenPopKeys.AccountCode);
    }

    public EbsForms Forms { get; }

    /// <summary>What the caller-number policy did with a number that is not of digits.</summary>
    public LostNumber LostNumber { get; }

    public CheckedPair[] Pairs { get; }

    /// <summary>Gets the number dialled; the first, if there are several.</summary>
    public string? Dnis { get; }

    public bool HasAccountCode { get; }

    /// <summary>
    /// Indicates whether some form treats two names as one. Collections ignores case in all names, so names that differ there differ in every form.
    /// </summary>
    public bool HasNamesAlike =>
        new HashSet<string>(Array.ConvertAll(Pairs, pair => pair.NameIn(EbsForms.Collections)), StringComparer.Ordinal).Count < Pairs.Length;

    /// <summary>Gets the values that are sent as the number of a customer or an account.</summary>
    public HashSet<string> CustomerNumbers => field ??= new(
        Pairs.Where(pair => pair.Name is ScreenPopKeys.CustomerNum or ScreenPopKeys.AccountCode or ScreenPopKeys.AccountNum).Select(pair => pair.Value),
        StringComparer.Ordinal);
}
