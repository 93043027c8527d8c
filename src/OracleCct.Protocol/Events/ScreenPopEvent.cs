using System;
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
    internal static readonly MessageShape<CctEvent> WireShape = Describe<ScreenPopEvent>(
        "ScreenPop",
        [
            SourceIdField,
            new("occtANI", required: false),
            new("occtDNIS", required: false),
            new("CustomerID", required: false),
            new("ContactNum", required: false),
            new("ScreenPopType", required: false),
            new("occtClassification", required: false),
            new("AccountNum", required: false),
            new("EventCode", required: false),
            new("ServiceRequestNum", required: false),
            new("COMPAIGN_SCHEDULE_NAME", required: false),
            new("lastOperationCode", required: false),
            new("language", required: false),
        ],
        static values => new()
        {
            SourceId = values[0]!,
            Ani = values[1],
            Dnis = values[2],
            CustomerId = values[3],
            ContactNum = values[4],
            ScreenPopType = ToWord(values[5]),
            Classification = ToWord(values[6]),
            AccountNum = values[7],
            EventCode = values[8],
            ServiceRequestNum = values[9],
            CampaignScheduleName = values[10],
            LastOperationCode = values[11],
            Language = values[12],
        });

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
    public required string? Ani { get; init; }

    /// <summary>
    /// The agent's extension, say Oracle's examples; EBS's campaigns compare it with the number that was dialled (wire name <c>occtDNIS</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples; the campaigns are EBS's behaviour.</remarks>
    public required string? Dnis { get; init; }

    /// <summary>
    /// EBS's internal party id of the customer: not the customer's number (wire name <c>CustomerID</c>). Null: not sent.
    /// </summary>
    /// <remarks>Read by Contact Center and Collections. Source: Oracle's examples, which call it a customer number; that it is the party id is EBS's behaviour.</remarks>
    public string? CustomerId { get; init; }

    /// <summary>
    /// The party number of a contact person: not a phone number (wire name <c>ContactNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, which call it a phone number; that it is the party number is EBS's behaviour.</remarks>
    public string? ContactNum { get; init; }

    /// <summary>
    /// What the pop is about (wire name <c>ScreenPopType</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No form of EBS that is known reads it; the Java client or a site's own code may.</remarks>
    public ScreenPopType? ScreenPopType { get; init; }

    /// <summary>
    /// The same words as <see cref="ScreenPopType"/>, for EBS's routing on the server (wire name <c>occtClassification</c>). Null: not sent.
    /// </summary>
    /// <remarks>At most 64 characters. Source: Oracle's examples; the limit is EBS's behaviour.</remarks>
    public ScreenPopType? Classification { get; init; }

    /// <summary>
    /// The customer's account number (wire name <c>AccountNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>EBS registers the key, and no form reads it: the one that works is <c>AccountCode</c>, among the extra fields. Source: Oracle's examples; the rest is EBS's behaviour.</remarks>
    public string? AccountNum { get; init; }

    /// <summary>
    /// The registration code of a marketing event (wire name <c>EventCode</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public string? EventCode { get; init; }

    /// <summary>
    /// The number of a service request (wire name <c>ServiceRequestNum</c>). Null: not sent.
    /// </summary>
    /// <remarks>At most 50 characters for Service Request, 64 for eBusiness Center. Source: Oracle's examples; the limits are EBS's behaviour.</remarks>
    public string? ServiceRequestNum { get; init; }

    /// <summary>
    /// The name of a campaign's schedule (wire name <c>COMPAIGN_SCHEDULE_NAME</c>, so misspelled in EBS's protocol; only this property is spelled right). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples. No form of EBS that is known reads it.</remarks>
    public string? CampaignScheduleName { get; init; }

    /// <summary>
    /// The last operation of the caller, such as in a voice menu (wire name <c>lastOperationCode</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, without an explanation: this meaning is inferred. No form of EBS that is known reads it.</remarks>
    public string? LastOperationCode { get; init; }

    /// <summary>
    /// The caller's language (wire name <c>language</c>). Null: not sent.
    /// </summary>
    /// <remarks>Source: Oracle's examples, without its form. No form of EBS that is known reads it.</remarks>
    public string? Language { get; init; }

    internal override MessageShape<CctEvent> Shape => WireShape;

    internal override string? ValueOf(int index) => index switch
    {
        1 => Ani,
        2 => Dnis,
        3 => CustomerId,
        4 => ContactNum,
        5 => ScreenPopType?.Value,
        6 => Classification?.Value,
        7 => AccountNum,
        8 => EventCode,
        9 => ServiceRequestNum,
        10 => CampaignScheduleName,
        11 => LastOperationCode,
        12 => Language,
        _ => base.ValueOf(index),
    };

    private static ScreenPopType? ToWord(string? value) => value is null ? null : new ScreenPopType(value);
}
