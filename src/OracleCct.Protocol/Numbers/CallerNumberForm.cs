namespace OracleCct.Protocol;

/// <summary>Specifies the form in which a caller's number goes to EBS.</summary>
/// <remarks>
/// Most of EBS's forms look for stored numbers that <em>end</em> with the number sent (EBS's behaviour). A shorter number therefore finds more records, and may
/// find too many. A longer number misses records that are stored without the additional digits.
/// </remarks>
public enum CallerNumberForm
{
    /// <summary>
    /// The digits as they came, without plus and separators: <c>+1 (415) 555-0100</c> becomes <c>14155550100</c>, which misses records that are stored without
    /// the country code.
    /// </summary>
    Digits,

    /// <summary>
    /// Without country code and trunk prefix: <c>4155550100</c>. It finds the record however the beginning of the number is stored. Foreign numbers keep their
    /// country code.
    /// </summary>
    National,

    /// <summary>
    /// With the trunk prefix, as it is dialled inside the country: <c>04155550100</c>. It misses records that are stored with the country code, and Service
    /// Request loses a leading zero because it converts the text to a number. Foreign numbers keep their country code.
    /// </summary>
    NationalWithTrunkPrefix,

    /// <summary>With the country code: <c>14155550100</c>. It misses records that are stored without it.</summary>
    International,

    /// <summary>
    /// As the phone system has it: nothing is rewritten or left out, and <see cref="CallerNumberPolicy.Withheld"/> has no effect. Service Request fails on a
    /// number with other characters than digits.
    /// </summary>
    Unchanged,
}
