using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents a call that rings at the agent, or that the agent dials. EBS opens the caller's form. Wire name <c>ScreenPop</c>.</summary>
/// <remarks>
/// <para>It is the first event of every call, incoming or outgoing. Send it once: each one opens a window.</para>
/// <para>The properties are the keys that Oracle's examples show. All examples have the first three, so code that forgets one does not compile;
/// <see langword="null"/> deliberately sends none. EBS's forms read more keys, which belong in <see cref="CctEvent.ExtraFields"/>. Source: Oracle's
/// examples.</para>
/// </remarks>
public sealed record ScreenPopEvent : CallEvent
{
    // Collections fails on a longer ID.
    private const int LongestSourceId = 30;

    internal static readonly MessageShape<CctEvent> WireShape = Describe(
        "ScreenPop",
        new ScreenPopEvent("", null, null),
        SourceIdField,
        new("occtANI", static pop => Of(pop).Ani, static (pop, value) => Of(pop)._ani = value, required: false),
        new("occtDNIS", static pop => Of(pop).Dnis, static (pop, value) => Of(pop)._dnis = value, required: false),
        new("CustomerID", static pop => Of(pop).CustomerId, static (pop, value) => Of(pop)._customerId = value, required: false),
        new("ContactNum", static pop => Of(pop).ContactNum, static (pop, value) => Of(pop)._contactNum = value, required: false),
        new("ScreenPopType", static pop => Of(pop).ScreenPopType?.Value, static (pop, value) => Of(pop)._screenPopType = ToWord(value), required: false),
        new("occtClassification", static pop => Of(pop).Classification?.Value, static (pop, value) => Of(pop)._classification = ToWord(value), required: false),
        new("AccountNum", static pop => Of(pop).AccountNum, static (pop, value) => Of(pop)._accountNum = value, required: false),
        new("EventCode", static pop => Of(pop).EventCode, static (pop, value) => Of(pop)._eventCode = value, required: false),
        new("ServiceRequestNum", static pop => Of(pop).ServiceRequestNum, static (pop, value) => Of(pop)._serviceRequestNum = value, required: false),
        new(
            "COMPAIGN_SCHEDULE_NAME",
            static pop => Of(pop).CampaignScheduleName,
            static (pop, value) => Of(pop)._campaignScheduleName = value,
            required: false),
        new("lastOperationCode", static pop => Of(pop).LastOperationCode, static (pop, value) => Of(pop)._lastOperationCode = value, required: false),
        new("language", static pop => Of(pop).Language, static (pop, value) => Of(pop)._language = value, required: false));

    private string? _ani;
    private string? _dnis;
    private string? _customerId;
    private string? _contactNum;
    private ScreenPopType? _screenPopType;
    private ScreenPopType? _classification;
    private string? _accountNum;
    private string? _eventCode;
    private string? _serviceRequestNum;
    private string? _campaignScheduleName;
    private string? _lastOperationCode;
    private string? _language;

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public ScreenPopEvent()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="sourceId">The id of the call: see <see cref="CallEvent.SourceId"/>.</param>
    /// <param name="ani">The caller's number; for an outgoing call, the number dialled. <see langword="null"/> sends none.</param>
    /// <param name="dnis">The agent's extension. <see langword="null"/> sends none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sourceId"/> is null.</exception>
    [SetsRequiredMembers]
    public ScreenPopEvent(string sourceId, string? ani, string? dnis)
        : base(sourceId)
    {
        Ani = ani;
        Dnis = dnis;
    }

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    /// <summary>
    /// Gets the caller's number; for an outgoing call, the number dialled (wire name <c>occtANI</c>). <see langword="null"/> sends none, as for a caller who
    /// withholds the number. Never send an empty number: EBS may search for it.
    /// </summary>
    /// <remarks>
    /// Digits only. Service Request converts it to a number and does not handle the error, so a letter, space or bracket ends the pop. Most forms look for
    /// stored numbers that <em>end</em> with it. Source: Oracle's examples; the rest is EBS's behaviour.
    /// </remarks>
    public required string? Ani { get => _ani; init => _ani = value; }

    /// <summary>
    /// Gets the agent's extension, according to Oracle's examples. EBS's campaigns compare it with the number that was dialled (wire name <c>occtDNIS</c>).
    /// <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples; the campaigns are EBS's behaviour.</remarks>
    public required string? Dnis { get => _dnis; init => _dnis = value; }

    /// <summary>
    /// Gets EBS's internal party ID of the customer, which is not the customer's number (wire name <c>CustomerID</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>
    /// Read by Contact Center and Collections. Source: Oracle's examples, which call it a customer number; that it is the party ID is EBS's behaviour.
    /// </remarks>
    public string? CustomerId { get => _customerId; init => _customerId = value; }

    /// <summary>
    /// Gets the party number of a contact person, which is not a phone number (wire name <c>ContactNum</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples, which call it a phone number; that it is the party number is EBS's behaviour.</remarks>
    public string? ContactNum { get => _contactNum; init => _contactNum = value; }

    /// <summary>
    /// Gets the subject of the pop (wire name <c>ScreenPopType</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No known form of EBS reads it; the Java client or a site's own code may.</remarks>
    public ScreenPopType? ScreenPopType { get => _screenPopType; init => _screenPopType = value; }

    /// <summary>
    /// Gets the subject in the words of <see cref="ScreenPopType"/>, for EBS's routing on the server (wire name <c>occtClassification</c>).
    /// <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>At most 64 characters. Source: Oracle's examples; the limit is EBS's behaviour.</remarks>
    public ScreenPopType? Classification { get => _classification; init => _classification = value; }

    /// <summary>
    /// Gets the customer's account number (wire name <c>AccountNum</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>
    /// EBS registers the key, but no form reads it. Send <c>AccountCode</c> as an extra field instead. Source: Oracle's examples; the rest is EBS's behaviour.
    /// </remarks>
    public string? AccountNum { get => _accountNum; init => _accountNum = value; }

    /// <summary>
    /// Gets the registration code of a marketing event (wire name <c>EventCode</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public string? EventCode { get => _eventCode; init => _eventCode = value; }

    /// <summary>
    /// Gets the number of a service request (wire name <c>ServiceRequestNum</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>At most 50 characters for Service Request, 64 for eBusiness Center. Source: Oracle's examples; the limits are EBS's behaviour.</remarks>
    public string? ServiceRequestNum { get => _serviceRequestNum; init => _serviceRequestNum = value; }

    /// <summary>
    /// Gets the name of a campaign's schedule (wire name <c>COMPAIGN_SCHEDULE_NAME</c>, which EBS's protocol misspells). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No known form of EBS reads it.</remarks>
    public string? CampaignScheduleName { get => _campaignScheduleName; init => _campaignScheduleName = value; }

    /// <summary>
    /// Gets the last operation of the caller, such as in a voice menu (wire name <c>lastOperationCode</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples, without an explanation: this meaning is inferred. No known form of EBS reads it.</remarks>
    public string? LastOperationCode { get => _lastOperationCode; init => _lastOperationCode = value; }

    /// <summary>
    /// Gets the caller's language (wire name <c>language</c>). <see langword="null"/> sends none.
    /// </summary>
    /// <remarks>Source: Oracle's examples, which do not show its format. No known form of EBS reads it.</remarks>
    public string? Language { get => _language; init => _language = value; }

    internal override MessageShape<CctEvent> Shape => WireShape;

    /// <summary>
    /// Creates an ID for a new call, which every form of EBS accepts: 30 lower-case hexadecimal digits, random, so that it is unique across machines and
    /// restarts.
    /// </summary>
    /// <returns>The ID, for <see cref="CallEvent.SourceId"/> of all events of the call.</returns>
    public static string NewSourceId() => Guid.NewGuid().ToString("N").Substring(0, LongestSourceId);

    /// <summary>Creates a screen pop from names and values on the wire, such as those that a switch or an IVR has attached to a call.</summary>
    /// <param name="pairs">
    /// The pairs. A pair whose name has a property sets that property; names are case-sensitive. The others become <see cref="CctEvent.ExtraFields"/>, in
    /// their order.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null.</exception>
    /// <exception cref="ArgumentException">A name or a value is null.</exception>
    /// <exception cref="ProtocolFormatException"><c>occtSourceID</c> is missing, or a name occurs more than once.</exception>
    public static ScreenPopEvent FromPairs(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var builder = new MessageBuilder<CctEvent>(WireShape);
        var extraNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            if (pair.Key is null || pair.Value is null)
            {
                throw new ArgumentException("A pair has no name or no value. Leave the pair out.", nameof(pairs));
            }

            int index = builder.IndexOf(pair.Key.AsSpan(), StringComparison.Ordinal);
            if (index >= 0)
            {
                ThrowIf(builder.Set(index, pair.Value, 0));
            }
            else if (extraNames.Add(pair.Key))
            {
                builder.AddExtra(pair.Key, pair.Value);
            }
            else
            {
                // The library does not know the name, which may be part of a password.
                ThrowIf(new(ProtocolErrorKind.DuplicateField, null, 0, $"A name that has no property occurs more than once in {WireShape.Name}"));
            }
        }

        ThrowIf(builder.Build(0, out CctEvent? pop));
        return (ScreenPopEvent)pop!;
    }

    /// <summary>Returns a copy of this screen pop with one pair set.</summary>
    /// <param name="name">
    /// The name on the wire, which is case-sensitive. If it has a property, the property is set. Otherwise the first extra field with that name gets the value
    /// and any others are removed; without such a field, one is added at the end.
    /// </param>
    /// <param name="value">The value. An empty text sends the pair empty, and <see langword="null"/> removes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The value is null, and the pair is required: <c>occtSourceID</c>.</exception>
    public ScreenPopEvent WithPair(string name, string? value)
    {
        int index = WireShape.IndexOf((name ?? throw new ArgumentNullException(nameof(name))).AsSpan(), StringComparison.Ordinal);
        if (index < 0)
        {
            return this with { ExtraFields = ExtraFields.With(name, value) };
        }

        FieldShape<CctEvent> field = WireShape.Fields[index];
        if (value is null)
        {
            WireShape.ThrowIfRequired(field);
        }

        ScreenPopEvent copy = this with { };
        field.Set(copy, value);
        return copy;
    }

    private static void ThrowIf(ProtocolError? error)
    {
        if (error is not null)
        {
            throw new ProtocolFormatException(error);
        }
    }

    private static ScreenPopEvent Of(CctEvent pop) => (ScreenPopEvent)pop;

    private static ScreenPopType? ToWord(string? value) => value is null ? null : new ScreenPopType(value);
}
