using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Represents the order in which a form prefers business keys.</summary>
/// <remarks>
/// The forms disagree, so a pop should have one business key. If the first key finds nothing, Contact Center and eBusiness Center try the next one for
/// some keys: this is the key that they try first. Immutable, and safe to use from several threads. Source: EBS's behaviour.
/// </remarks>
public sealed class ScreenPopPrecedence
{
    private static readonly ScreenPopPrecedence[] Forms =
    [
        new(
            EbsForms.ContactCenter,
            lastSentWins: false,
            [ScreenPopKeys.PartyId, ScreenPopKeys.CustomerId],
            [ScreenPopKeys.ServiceRequestNum],
            [ScreenPopKeys.EmployeeId],
            [ScreenPopKeys.InstanceName],
            [ScreenPopKeys.InstanceNum],
            [ScreenPopKeys.SerialNum],
            [ScreenPopKeys.TagNumber],
            [ScreenPopKeys.SystemName],
            [ScreenPopKeys.RmaNum],
            [ScreenPopKeys.OrderNum],
            [ScreenPopKeys.Ssn, ScreenPopKeys.SocialSecurityNumber],
            [ScreenPopKeys.ContractNum],
            [ScreenPopKeys.InvoiceNum],
            [ScreenPopKeys.CustomerNum],
            [ScreenPopKeys.AccountCode],
            [ScreenPopKeys.CountryCode, ScreenPopKeys.AreaCode, ScreenPopKeys.PhoneNumber],
            [ScreenPopKeys.ContactNum],
            [ScreenPopKeys.Ani]),
        new(
            EbsForms.ServiceRequest,
            lastSentWins: true,
            [
                ScreenPopKeys.ServiceRequestNum, ScreenPopKeys.AccountCode, ScreenPopKeys.SerialNum, ScreenPopKeys.TagNumber, ScreenPopKeys.CustomerNum,
                ScreenPopKeys.PhoneNumber, ScreenPopKeys.RmaNum, ScreenPopKeys.ContractNum,
            ],
            [ScreenPopKeys.Ani]),
        new(
            EbsForms.EBusinessCenter,
            lastSentWins: false,
            [ScreenPopKeys.AccountCode],
            [ScreenPopKeys.InvoiceNum],
            [ScreenPopKeys.EventCode, ScreenPopKeys.EventConfCode],
            [ScreenPopKeys.CollateralReq, ScreenPopKeys.ColReqNum],
            [ScreenPopKeys.ContactNum],
            [ScreenPopKeys.CustomerNum],
            [ScreenPopKeys.QuoteNum],
            [ScreenPopKeys.OrderNum],
            [ScreenPopKeys.MarketingPin],
            [ScreenPopKeys.ContractNum],
            [ScreenPopKeys.ServiceKey],
            [ScreenPopKeys.ServiceRequestNum],
            [ScreenPopKeys.PartyId],
            [ScreenPopKeys.Ani]),
        new(
            EbsForms.Collections,
            lastSentWins: false,
            [ScreenPopKeys.EventConfCode],
            [ScreenPopKeys.ColReqNum],
            [ScreenPopKeys.AccountCode],
            [ScreenPopKeys.ContactNum],
            [ScreenPopKeys.CustomerNum],
            [ScreenPopKeys.PartyId, ScreenPopKeys.CustomerId],
            [ScreenPopKeys.Ani]),
    ];

    private readonly Dictionary<string, int> _rankOf = new(StringComparer.Ordinal);

    private ScreenPopPrecedence(EbsForms form, bool lastSentWins, params string[][] ranks)
    {
        Form = form;
        LastSentWins = lastSentWins;
        Ranks = Array.AsReadOnly(ranks.Select(rank => (IReadOnlyList<string>)Array.AsReadOnly(rank)).ToArray());
        for (int rank = 0; rank < ranks.Length; rank++)
        {
            Array.ForEach(ranks[rank], key => _rankOf.Add(key, rank));
        }
    }

    /// <summary>Gets the form.</summary>
    public EbsForms Form { get; }

    /// <summary>
    /// Gets whether the order on the wire decides instead of the key: the last business key that is sent wins. True for Service Request only.
    /// </summary>
    public bool LastSentWins { get; }

    /// <summary>
    /// Gets the keys, with the strongest first and the caller's number last. Of the keys of one rank, the last that is sent counts; the parts of a phone number
    /// count together.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Ranks { get; }

    /// <summary>Returns the precedence of a form.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="form"/> is not one single form.</exception>
    public static ScreenPopPrecedence Of(EbsForms form) =>
        Array.Find(Forms, one => one.Form == form)
            ?? throw new ArgumentOutOfRangeException(nameof(form), form, "The value is not a single form. Use one member of EbsForms.");

    /// <summary>Returns the pair by which the form searches for the caller; null when the pop has none.</summary>
    /// <param name="screenPop">The pop. Empty keys are treated as not sent, and of a key that is sent twice the last counts.</param>
    /// <returns>Name and value as they are sent: if the form ignores case, the name may differ from the key in <see cref="ScreenPopKeys"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="screenPop"/> is null.</exception>
    public WireField? FieldUsed(ScreenPopEvent screenPop) =>
        PairUsed(new CheckedPop(screenPop ?? throw new ArgumentNullException(nameof(screenPop)), Form))?.Field;

    /// <summary>Indicates whether one of the forms searches for callers by the key.</summary>
    internal static bool IsRanked(ScreenPopKey key, EbsForms forms)
    {
        foreach (ScreenPopPrecedence one in Forms)
        {
            if ((one.Form & forms) != 0 && one._rankOf.ContainsKey(key.Name))
            {
                return true;
            }
        }

        return false;
    }

    internal CheckedPair? PairUsed(CheckedPop pop)
    {
        CheckedPair? used = null;
        int strongest = int.MaxValue;
        foreach (CheckedPair pair in pop.Pairs)
        {
            if (!pair.IsEmpty && (pair.KnownIn & Form) != 0 && _rankOf.TryGetValue(pair.Key!.Name, out int rank) && rank <= strongest)
            {
                (used, strongest) = (pair, rank);
            }
        }

        return used;
    }
}
