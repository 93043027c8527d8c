using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Provides the known keys of a screen pop: as constants, and as a catalogue that says how EBS treats them.</summary>
/// <remarks>
/// The set is open: a site may add its own keys, and EBS ignores keys that it does not know. Immutable, and safe to use from several threads. The same
/// catalogue is a table in <c>docs/screen-pops.md</c>.
/// <code>ExtraFields = [new(ScreenPopKeys.AccountCode, "5005")]</code>
/// </remarks>
public static class ScreenPopKeys
{
    /// <summary><c>occtSourceID</c>: the id of the call. Property <see cref="CallEvent.SourceId"/>.</summary>
    public const string SourceId = "occtSourceID";

    /// <summary><c>occtANI</c>: the caller's number. Property <see cref="ScreenPopEvent.Ani"/>.</summary>
    public const string Ani = "occtANI";

    /// <summary><c>occtDNIS</c>: the number dialled. Property <see cref="ScreenPopEvent.Dnis"/>.</summary>
    public const string Dnis = "occtDNIS";

    /// <summary><c>occtScreenPopAction</c>: the action, <c>CreateSR</c> or <c>InquireSR</c>; the reason of the call in Contact Center.</summary>
    public const string ScreenPopAction = "occtScreenPopAction";

    /// <summary><c>PARTY_ID</c>: EBS's internal id of the customer.</summary>
    public const string PartyId = "PARTY_ID";

    /// <summary><c>CustomerID</c>: the older name of <see cref="PartyId"/>. Property <see cref="ScreenPopEvent.CustomerId"/>.</summary>
    public const string CustomerId = "CustomerID";

    /// <summary><c>CustomerNum</c>: the customer's number.</summary>
    public const string CustomerNum = "CustomerNum";

    /// <summary><c>ContactNum</c>: the party number of a contact person. Property <see cref="ScreenPopEvent.ContactNum"/>.</summary>
    public const string ContactNum = "ContactNum";

    /// <summary><c>AccountCode</c>: the number of the customer's account.</summary>
    public const string AccountCode = "AccountCode";

    /// <summary><c>AccountNum</c>: no form reads it; forms read <see cref="AccountCode"/>. Property <see cref="ScreenPopEvent.AccountNum"/>.</summary>
    public const string AccountNum = "AccountNum";

    /// <summary><c>ServiceRequestNum</c>: the number of a service request. Property <see cref="ScreenPopEvent.ServiceRequestNum"/>.</summary>
    public const string ServiceRequestNum = "ServiceRequestNum";

    /// <summary><c>ContractNum</c>: the number of a contract.</summary>
    public const string ContractNum = "ContractNum";

    /// <summary><c>InvoiceNum</c>: the number of an invoice.</summary>
    public const string InvoiceNum = "InvoiceNum";

    /// <summary><c>OrderNum</c>: the number of an order.</summary>
    public const string OrderNum = "OrderNum";

    /// <summary><c>QuoteNum</c>: the number of a quote.</summary>
    public const string QuoteNum = "QuoteNum";

    /// <summary><c>RMANum</c>: the number of a return.</summary>
    public const string RmaNum = "RMANum";

    /// <summary><c>SerialNum</c>: the serial number of a product.</summary>
    public const string SerialNum = "SerialNum";

    /// <summary><c>TagNumber</c>: the tag of a product.</summary>
    public const string TagNumber = "TagNumber";

    /// <summary><c>InstanceName</c>: the name of an installed product.</summary>
    public const string InstanceName = "InstanceName";

    /// <summary><c>InstanceNum</c>: the number of an installed product.</summary>
    public const string InstanceNum = "InstanceNum";

    /// <summary><c>SystemName</c>: the name of an installed system.</summary>
    public const string SystemName = "SystemName";

    /// <summary><c>SSN</c>: the social security number.</summary>
    public const string Ssn = "SSN";

    /// <summary><c>SocialSecurityNumber</c>: the same as <see cref="Ssn"/>.</summary>
    public const string SocialSecurityNumber = "SocialSecurityNumber";

    /// <summary><c>employeeID</c>: the id of an employee who calls.</summary>
    public const string EmployeeId = "employeeID";

    /// <summary><c>ServiceKey</c>: the number of an installed product, as eBusiness Center names it.</summary>
    public const string ServiceKey = "ServiceKey";

    /// <summary><c>MarketingPIN</c>: the pin of a marketing list.</summary>
    public const string MarketingPin = "MarketingPIN";

    /// <summary><c>CollateralReq</c>: the number of a request for printed matter.</summary>
    public const string CollateralReq = "CollateralReq";

    /// <summary><c>ColReqNum</c>: another name of <see cref="CollateralReq"/>.</summary>
    public const string ColReqNum = "ColReqNum";

    /// <summary><c>PromotionCode</c>: the code of a campaign.</summary>
    public const string PromotionCode = "PromotionCode";

    /// <summary><c>EventCode</c>: the registration code of a marketing event. Property <see cref="ScreenPopEvent.EventCode"/>.</summary>
    public const string EventCode = "EventCode";

    /// <summary><c>EventConfCode</c>: another name of <see cref="EventCode"/>.</summary>
    public const string EventConfCode = "EventConfCode";

    /// <summary><c>CAMPAIGN_SCHEDULE_ID</c>: EBS's internal id of a campaign's schedule.</summary>
    public const string CampaignScheduleId = "CAMPAIGN_SCHEDULE_ID";

    /// <summary><c>CountryCode</c>: the first part of a phone number.</summary>
    public const string CountryCode = "CountryCode";

    /// <summary><c>AreaCode</c>: the second part of a phone number.</summary>
    public const string AreaCode = "AreaCode";

    /// <summary><c>PhoneNumber</c>: the last part of a phone number, or all of it.</summary>
    public const string PhoneNumber = "PhoneNumber";

    /// <summary><c>ScreenPopType</c>: what the pop is about. Property <see cref="ScreenPopEvent.ScreenPopType"/>.</summary>
    public const string ScreenPopType = "ScreenPopType";

    /// <summary><c>occtClassification</c>: the same, for routing on the server. Property <see cref="ScreenPopEvent.Classification"/>.</summary>
    public const string Classification = "occtClassification";

    /// <summary>
    /// <c>COMPAIGN_SCHEDULE_NAME</c>, as EBS misspells it: the name of a campaign's schedule. Property <see cref="ScreenPopEvent.CampaignScheduleName"/>.
    /// </summary>
    public const string CampaignScheduleName = "COMPAIGN_SCHEDULE_NAME";

    /// <summary><c>lastOperationCode</c>: the caller's last operation. Property <see cref="ScreenPopEvent.LastOperationCode"/>.</summary>
    public const string LastOperationCode = "lastOperationCode";

    /// <summary><c>language</c>: the caller's language. Property <see cref="ScreenPopEvent.Language"/>.</summary>
    public const string Language = "language";

    /// <summary>The longest name of any key, in bytes of UTF-8: 500. Source: EBS's behaviour.</summary>
    public const int MaxNameLength = 500;

    /// <summary>The longest value of any key, in bytes of UTF-8: 1996. Source: EBS's behaviour.</summary>
    public const int MaxValueLength = 1996;

    private const EbsForms CC = EbsForms.ContactCenter;
    private const EbsForms SR = EbsForms.ServiceRequest;
    private const EbsForms EBC = EbsForms.EBusinessCenter;
    private const EbsForms IEX = EbsForms.Collections;
    private const ScreenPopKeySource Shown = ScreenPopKeySource.OracleExamples;
    private const ScreenPopKeySource Seen = ScreenPopKeySource.EbsBehaviour;

    /// <summary>Gets the catalogue, with the keys of Oracle's examples first. Each key occurs once.</summary>
    public static IReadOnlyList<ScreenPopKey> All { get; } = Array.AsReadOnly<ScreenPopKey>(
    [
        new(SourceId, "id of the call", Shown, limits: (IEX, 30)),
        new(Ani, "caller's number", Shown, EbsForms.All, numberIn: SR, limits: [(IEX, 30), (EBC, 40)]),
        new(Dnis, "number dialled; the agent's extension in Oracle's examples", Shown, EbsForms.All, limits: [(IEX, 25), (EBC, 30)]),
        new(CustomerId, "internal party id: older name of PARTY_ID, not the customer's number", Shown, CC | IEX, numberIn: CC | IEX, subject: "party"),
        new(ContactNum, "party number of a contact person, not a phone number", Shown, CC | EBC | IEX, numberIn: IEX, subject: "contact", limits: (EBC, 30)),
        new(ScreenPopType, "what the pop is about", Shown),
        new(Classification, "the same, for routing on the server", Shown, limits: (EbsForms.All, 64)),
        new(AccountNum, "account number, which EBS registers under this name and no form reads", Shown, useInstead: AccountCode),
        new(EventCode, "registration code of a marketing event", Shown, EBC, subject: "event", limits: (EBC, 30)),
        new(ServiceRequestNum, "number of a service request", Shown, CC | SR | EBC, subject: "service request", limits: [(SR, 50), (EBC, 64)]),
        new(CampaignScheduleName, "name of a campaign's schedule", Shown),
        new(LastOperationCode, "caller's last operation", Shown),
        new(Language, "caller's language", Shown),
        new(ScreenPopAction, "CreateSR or InquireSR; the reason of the call in Contact Center", Seen, CC | SR, limits: (CC, 40)),
        new(PartyId, "internal party id of the customer", Seen, CC | EBC | IEX, numberIn: CC | EBC | IEX, subject: "party"),
        new(CustomerNum, "customer (party) number", Seen, EbsForms.All, numberIn: IEX, subject: "customer", limits: [(SR, 50), (EBC, 30)]),
        new(AccountCode, "account number", Seen, EbsForms.All, numberIn: IEX, subject: "account", limits: [(SR, 50), (EBC, 40)]),
        new(ContractNum, "number of a contract", Seen, CC | SR | EBC, subject: "contract", limits: [(SR, 50), (EBC, 120)]),
        new(InvoiceNum, "number of an invoice", Seen, CC | EBC, subject: "invoice", limits: (EBC, 60)),
        new(OrderNum, "number of an order", Seen, CC | EBC, numberIn: EBC, subject: "order"),
        new(QuoteNum, "number of a quote; Contact Center shows it and does not search by it", Seen, CC | EBC, numberIn: EBC, subject: "quote"),
        new(RmaNum, "number of a return", Seen, CC | SR, subject: "return", limits: (SR, 50)),
        new(SerialNum, "serial number of a product", Seen, CC | SR, subject: "serial number", limits: (SR, 50)),
        new(TagNumber, "tag of a product", Seen, CC | SR, subject: "tag", limits: (SR, 50)),
        new(InstanceName, "name of an installed product", Seen, CC, subject: "instance name"),
        new(InstanceNum, "number of an installed product", Seen, CC, subject: "instance number"),
        new(SystemName, "name of an installed system", Seen, CC, subject: "system"),
        new(Ssn, "social security number", Seen, CC, subject: "social security number"),
        new(SocialSecurityNumber, "social security number", Seen, CC, subject: "social security number"),
        new(EmployeeId, "id of an employee who calls", Seen, CC, subject: "employee"),
        new(ServiceKey, "number of an installed product", Seen, EBC, subject: "instance number", limits: (EBC, 30)),
        new(MarketingPin, "pin of a marketing list", Seen, EBC, numberIn: EBC, subject: "marketing pin", limits: (EBC, 30)),
        new(CollateralReq, "number of a request for printed matter", Seen, EBC, numberIn: EBC, subject: "collateral", limits: (EBC, 30)),
        new(ColReqNum, "number of a request for printed matter", Seen, EBC | IEX, numberIn: EBC | IEX, subject: "collateral", limits: (EBC, 30)),
        new(PromotionCode, "code of a campaign", Seen, EBC | IEX, limits: (EBC, 30)),
        new(EventConfCode, "registration code of a marketing event", Seen, EBC | IEX, subject: "event", limits: (EBC, 30)),
        new(CampaignScheduleId, "internal id of a campaign's schedule", Seen, EBC, numberIn: EBC),
        new(CountryCode, "first part of a phone number", Seen, CC, subject: PhoneSubject, limits: (CC, 10)),
        new(AreaCode, "second part of a phone number", Seen, CC, subject: PhoneSubject, limits: (CC, 10)),
        new(PhoneNumber, "last part of a phone number; all of it in Service Request", Seen, CC | SR, subject: PhoneSubject, limits: [(CC, 40), (SR, 50)]),
    ]);

    /// <summary>The subject whose keys are parts of one value, so that they never compete.</summary>
    internal const string PhoneSubject = "phone";

    private static readonly Dictionary<string, ScreenPopKey> ByName = All.ToDictionary(key => key.Name, StringComparer.Ordinal);
    private static readonly Dictionary<string, ScreenPopKey> ByNameInAnyCase = All.ToDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns what is known of a key; null when it is not known.</summary>
    /// <param name="name">The key. Its case counts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static ScreenPopKey? Find(string name) =>
        ByName.TryGetValue(name ?? throw new ArgumentNullException(nameof(name)), out ScreenPopKey? key) ? key : null;

    /// <summary>
    /// Returns the key of a name, and the forms that read it in this spelling: Collections reads names in any case, and eBusiness Center all but four.
    /// </summary>
    internal static (ScreenPopKey? Key, EbsForms Forms) Resolve(string name) =>
        Find(name) is { } exact ? (exact, EbsForms.All)
        : ByNameInAnyCase.TryGetValue(name, out ScreenPopKey? key) ? (key, key.Name is Ani or Dnis or CustomerNum or EventCode ? IEX : IEX | EBC)
        : (null, EbsForms.None);
}
