using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>A call rings at the agent, or the agent dials: EBS opens the caller's form. Wire name <c>ScreenPop</c>.</summary>
/// <remarks>
/// <para>The first event of every call, incoming or outgoing. Send it once: each opens a window.</para>
/// <para>The properties are the keys that Oracle's examples show. They never leave out the first three, so forgetting one does not compile; null says on purpose that
/// it is not sent. EBS's forms read further keys, which go into <see cref="CctEvent.ExtraFields"/>. Source: Oracle's examples.</para>
/// </remarks>
public sealed record ScreenPopEvent : CallEvent
{
    // Collections fails on a longer one.
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
        new("COMPAIGN_SCHEDULE_NAME", static pop => Of(pop).CampaignScheduleName, static (pop, value) => Of(pop)._campaignScheduleName = value, required: false),
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

    /// <summary>Initializes a new instance whose required properties the object initializer sets.</summary>
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
    /// The caller's number; for an outgoing call, the number dialled (wire name <c>occtANI</c>). Null: not sent, as for a caller who withholds it. Never send it empty: EBS may then search for nothing.
    /// </summary>
    /// <remarks>Digits only. Service Request converts it to a number without a safety net, so a letter, space or bracket ends the pop. Most forms look for stored numbers that <em>end</em> with it. Source: Oracle's examples; the rest is EBS's behaviour.</remarks>
    public required string? Ani { get => _ani; init => _ani = value; }

    /// <summary>
    /// The agent's extension, say Oracle's examples; EBS's campaigns compare it with the number that was dialled (wire name <c>occtDNIS</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples; the campaigns are EBS's behaviour.</remarks>
    public required string? Dnis { get => _dnis; init => _dnis = value; }

    /// <summary>
    /// EBS's internal party id of the customer: not the customer's number (wire name <c>CustomerID</c>). Null: not sent.
    /// </summary>
    /// <remarks>Read by Contact Center and Collections. Source: Oracle's examples, which call it a customer number; that it is the party id is EBS's behaviour.</remarks>
    public string? CustomerId { get => _customerId; init => _customerId = value; }

    /// <summary>
    /// The party number of a contact person: not a phone number (wire name <c>ContactNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, which call it a phone number; that it is the party number is EBS's behaviour.</remarks>
    public string? ContactNum { get => _contactNum; init => _contactNum = value; }

    /// <summary>
    /// What the pop is about (wire name <c>ScreenPopType</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No form of EBS that is known reads it; the Java client or a site's own code may.</remarks>
    public ScreenPopType? ScreenPopType { get => _screenPopType; init => _screenPopType = value; }

    /// <summary>
    /// The same words as <see cref="ScreenPopType"/>, for EBS's routing on the server (wire name <c>occtClassification</c>). Null: not sent.
    /// </summary>
    /// <remarks>At most 64 characters. Source: Oracle's examples; the limit is EBS's behaviour.</remarks>
    public ScreenPopType? Classification { get => _classification; init => _classification = value; }

    /// <summary>
    /// The customer's account number (wire name <c>AccountNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>EBS registers the key, and no form reads it: the one that works is <c>AccountCode</c>, among the extra fields. Source: Oracle's examples; the rest is EBS's behaviour.</remarks>
    public string? AccountNum { get => _accountNum; init => _accountNum = value; }

    /// <summary>
    /// The registration code of a marketing event (wire name <c>EventCode</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public string? EventCode { get => _eventCode; init => _eventCode = value; }

    /// <summary>
    /// The number of a service request (wire name <c>ServiceRequestNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>At most 50 characters for Service Request, 64 for eBusiness Center. Source: Oracle's examples; the limits are EBS's behaviour.</remarks>
    public string? ServiceRequestNum { get => _serviceRequestNum; init => _serviceRequestNum = value; }

    /// <summary>
    /// The name of a campaign's schedule (wire name <c>COMPAIGN_SCHEDULE_NAME</c>, so misspelled in EBS's protocol; only this property is spelled right). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No form of EBS that is known reads it.</remarks>
    public string? CampaignScheduleName { get => _campaignScheduleName; init => _campaignScheduleName = value; }

    /// <summary>
    /// The last operation of the caller, such as in a voice menu (wire name <c>lastOperationCode</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, without an explanation: this meaning is inferred. No form of EBS that is known reads it.</remarks>
    public string? LastOperationCode { get => _lastOperationCode; init => _lastOperationCode = value; }

    /// <summary>
    /// The caller's language (wire name <c>language</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, without its form. No form of EBS that is known reads it.</remarks>
    public string? Language { get => _language; init => _language = value; }

    internal override MessageShape<CctEvent> Shape => WireShape;

    /// <summary>Creates an id for a new call, which every form of EBS accepts: 30 lower-case hexadecimal digits, random, so that no other machine and no later run creates it again.</summary>
    /// <returns>The id, for <see cref="CallEvent.SourceId"/> of all events of the call.</returns>
    public static string NewSourceId() => Guid.NewGuid().ToString("N").Substring(0, LongestSourceId);

    /// <summary>Creates a screen pop from names and values of the wire, such as those that a switch or an IVR has attached to a call.</summary>
    /// <param name="pairs">
    /// The pairs. Those that this record has a property for set the property; their names are compared with regard to case. The others become <see cref="CctEvent.ExtraFields"/>, in their order.
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
                // The name is not the library's own: it may be part of a password.
                ThrowIf(new(ProtocolErrorKind.DuplicateField, null, 0, $"A name that has no property stands twice in {WireShape.Name}"));
            }
        }

        ThrowIf(builder.Build(0, out CctEvent? pop));
        return (ScreenPopEvent)pop!;
    }

    /// <summary>Returns a copy of this screen pop with one pair set.</summary>
    /// <param name="name">
    /// The name on the wire, with regard to case. Where this record has a property for it, that property is set; otherwise the first extra field of that name gets the value and further ones are removed, or a new one
    /// is added at the end.
    /// </param>
    /// <param name="value">The value; empty sends the pair without a value, <see langword="null"/> removes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The value is null and every screen pop has the pair: <c>occtSourceID</c>.</exception>
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
