using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Tests.ScreenPops;

/// <summary>A pop on which one rule fires, and a near miss on which it does not.</summary>
internal sealed class RuleRow(
    string code, string fires, string? key, string nearMiss, EbsForms nearMissIn = EbsForms.All, string because = "", EbsForms firesIn = EbsForms.All)
{
    public string Code { get; } = code;

    public string? Key { get; } = key;

    public EbsForms FiresIn { get; } = firesIn;

    public EbsForms NearMissIn { get; } = nearMissIn;

    public ScreenPopEvent FiringPop => Pop(fires);

    public ScreenPopEvent NearMissPop => Pop(nearMiss);

    /// <summary>What a failing test prints.</summary>
    public override string ToString() => $"{Code}: {fires} / {nearMiss} {because}";

    /// <summary>
    /// Pops are written as their pairs, with a semicolon between; the usual three come first unless they are named. \q and \t stand for a double quote and a
    /// tab.
    /// </summary>
    public static IReadOnlyList<RuleRow> All { get; } =
    [
        new("CCT101", "language=\\q", "language", "language='\u201D\uFF02"),
        new("CCT101", "SiteCode=a\\qb", "SiteCode", "SiteCode=&quot;", because: "only the character counts, not how XML writes it"),
        new("CCT101", "Site Code=\\q", null, "Site Code=", because: "a name that is no name is not repeated"),
        new("CCT102", "language=E\\tN", "language", "language=E N\u00A0\u2028"),
        new("CCT102", "language=\u007F", "language", "language=~"),
        new("CCT102", "language=\u0085", "language", "language=\u00A1"),
        new("CCT102", "language=a\uD83D", "language", "language=a\uD83D\uDE00", because: "half a character"),
        new("CCT102", "language=\uDE00\uD83D", "language", "language=\uE000"),
        new("CCT102", "SiteCode=\uFFFE", "SiteCode", "SiteCode=\uFFFD"),
        new("CCT102", "occtANI=\uFFFF", "occtANI", "occtANI=\uFB01"),
        new("CCT103", "a\uFFFF=1", null, "a\uFFFD=1"),
        new("CCT103", "\uD83Da=1", null, "\uD83D\uDE00a=1"),
        new("CCT103", "Site Code=1", null, "Site-Code=1;Site.Code=2;\u00DCber=3"),
        new("CCT103", "=1", null, "_=1"),
        new("CCT103", "a\\qb=1", null, "a'b=1"),
        new("CCT103", "a\\tb=1", null, "a:b=1"),
        new("CCT104", "ACTION_ID=1", "ACTION_ID", "ActionCode=1"),
        new("CCT104", "action_id=1", "action_id", "ACTION_IDS=1", because: "one form reads names in any case"),
        new("CCT104", "XFR_PARTY_ID=1", "XFR_PARTY_ID", "TRANSFER_PARTY=1"),
        new("CCT104", "SKEY_account_id=1", "SKEY_account_id", "SKEYaccount=1"),
        new("CCT104", "uwq_ani=1", "uwq_ani", "uwqani=1"),
        new("CCT104", "CustomerName=Ann", "CustomerName", "CallerName=Ann"),
        new("CCT104", "EMPLOYEE_ID=1", "EMPLOYEE_ID", "employeeID=1"),
        new("CCT105", "occtAgentID=7001", "occtAgentID", "AgentIDs=7001"),
        new("CCT105", "workItemID=7", "workItemID", "workItem=7"),
        new("CCT106", "occtANI=+14155550100", "occtANI", "occtANI=14155550100"),
        new("CCT106", "occtANI=415 555", "occtANI", "occtANI=415555000"),
        new("CCT106", "occtANI=anonymous", "occtANI", "occtANI=anonymous", EbsForms.ContactCenter, "Contact Center takes letters"),
        new("CCT106", "occtANI=\u0664\u0665", "occtANI", "occtANI=4567890", because: "only ASCII digits are digits"),
        new("CCT106", "occtANI=" + Digits(39), "occtANI", "occtANI=" + Digits(38), EbsForms.ServiceRequest, firesIn: EbsForms.ServiceRequest),
        new("CCT107", "PhoneNumber=555-0100", "PhoneNumber", "PhoneNumber=5550100"),
        new("CCT107", "PhoneNumber=1 or 1", "PhoneNumber", "CountryCode=+1", firesIn: EbsForms.Collections,
            because: "SQL is too much to risk on a list of forms"),
        new("CCT108", "PARTY_ID=A1", "PARTY_ID", "PARTY_ID=1"),
        new("CCT108", "CustomerID=1.5", "CustomerID", "CustomerID=15"),
        new("CCT108", "CustomerNum=C-1", "CustomerNum", "CustomerNum=C-1", EbsForms.All & ~EbsForms.Collections, "it is text in the others"),
        new("CCT108", "AccountCode=A1", "AccountCode", "AccountCode=1"),
        new("CCT108", "accountcode=A1", "AccountCode", "accountcode=A1", EbsForms.All & ~EbsForms.Collections, "Collections reads names in any case"),
        new("CCT108", "ContactNum=-1", "ContactNum", "ContactNum=1"),
        new("CCT108", "OrderNum=O1", "OrderNum", "InvoiceNum=O1"),
        new("CCT108", "QuoteNum=" + Digits(39), "QuoteNum", "QuoteNum=" + Digits(38)),
        new("CCT109", "a1=1;a1=1", "a1", "a1=1;b1=1"),
        new("CCT109", "a1=1;A1=1", "A1", "a1=1;A1=1", EbsForms.ContactCenter | EbsForms.ServiceRequest, "these two regard case", EbsForms.Collections),
        new("CCT109", "a1=1;A1=1", "A1", "a1=1;B1=1", firesIn: EbsForms.EBusinessCenter),
        new("CCT109", "party_id=1;PARTY_ID=1", "PARTY_ID", "party_id=1;CustomerID=1", firesIn: EbsForms.EBusinessCenter),
        new("CCT109", "PARTY_ID=1;party_id=1", "party_id", "PARTY_ID=1;party_id=1", EbsForms.ContactCenter | EbsForms.ServiceRequest),
        new("CCT109", "CustomerNum=1;customernum=1", "customernum", "CustomerNum=1;customernum=1", EbsForms.EBusinessCenter,
            "eBusiness Center reads four keys with regard to case"),
        new("CCT109", "OCCTANI=1", "OCCTANI", "OCCTANI=1", EbsForms.EBusinessCenter),
        new("CCT109", "occtdnis=1", "occtdnis", "occtdnis=1", EbsForms.EBusinessCenter),
        new("CCT109", "EventCode=1;EVENTCODE=1", "EVENTCODE", "EventCode=1;EVENTCODE=1", EbsForms.EBusinessCenter),
        new("CCT109", "customernum=1;customernum=1", "customernum", "customernum=1;customerNum=1", EbsForms.EBusinessCenter, firesIn: EbsForms.EBusinessCenter),
        new("CCT109", "+1=1;+1=2", null, "+1=1;+2=2"),
        new("CCT110", "CustomerNum=", "CustomerNum", "SiteCode="),
        new("CCT110", "occtANI=", "occtANI", "language=", because: "no form reads the language"),
        new("CCT110", "CustomerNum=  ", "CustomerNum", "CustomerNum=0"),
        new("CCT110", "occtSourceID=", "occtSourceID", "occtSourceID=0"),
        new("CCT110", "CustomerID=", "CustomerID", "CustomerID=", EbsForms.ServiceRequest, "Service Request does not read it"),
        new("CCT111", "occtSourceID=" + Digits(36), "occtSourceID", "occtSourceID=" + Digits(30), because: "a GUID is too long for Collections"),
        new("CCT111", "occtSourceID=" + Digits(31), "occtSourceID", "occtSourceID=" + Digits(36), EbsForms.All & ~EbsForms.Collections),
        new("CCT111", "occtANI=" + Digits(31), "occtANI", "occtANI=" + Digits(30)),
        new("CCT111", "OCCTANI=" + Digits(31), "OCCTANI", "OCCTANI=" + Digits(41), EbsForms.All & ~EbsForms.Collections, "Collections reads names in any case"),
        new("CCT111", "occtDNIS=" + Digits(26), "occtDNIS", "occtDNIS=" + Digits(25)),
        new("CCT111", "ServiceRequestNum=" + Digits(51), "ServiceRequestNum", "ServiceRequestNum=" + Digits(50)),
        new("CCT111", "ServiceRequestNum=" + Digits(65), "ServiceRequestNum", "ServiceRequestNum=" + Digits(64), EbsForms.EBusinessCenter,
            firesIn: EbsForms.EBusinessCenter),
        new("CCT111", "occtScreenPopAction=" + Digits(41), "occtScreenPopAction", "occtScreenPopAction=" + Digits(40)),
        new("CCT111", "occtScreenPopAction=" + Digits(20) + "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9", "occtScreenPopAction",
            "occtScreenPopAction=" + Digits(20) + "\u00E9", because: "bytes count"),
        new("CCT111", "CountryCode=" + Digits(11), "CountryCode", "CountryCode=" + Digits(10)),
        new("CCT111", "occtClassification=" + Digits(65), "occtClassification", "occtClassification=" + Digits(64)),
        new("CCT111", "SiteCode=" + Digits(1997), "SiteCode", "SiteCode=" + Digits(1996)),
        new("CCT111", Letters(501) + "=1", null, Letters(500) + "=1"),
        new("CCT121", "occtAni=4155550100", "occtAni", "SiteAni=4155550100"),
        new("CCT121", "CAMPAIGN_SCHEDULE_NAME=a", "CAMPAIGN_SCHEDULE_NAME", "COMPAIGN_SCHEDULE_NAME=a"),
        new("CCT121", "ServiceRequestNumber=1", "ServiceRequestNumber", "ServiceRequestNum=1"),
        new("CCT121", "PartyID=1", "PartyID", "PARTY_ID=1"),
        new("CCT121", "AccountCoed=1", "AccountCoed", "AccountCode2=1", because: "a second one of a kind is no slip"),
        new("CCT121", "ANI=1", "ANI", "ANN=1"),
        new("CCT122", "CustomerNum=1;AccountCode=2", null, "CustomerNum=1"),
        new("CCT122", "CustomerNum=1;AccountCode=2", null, "CustomerNum=1;AccountNum=2", because: "no form reads AccountNum"),
        new("CCT122", "PARTY_ID=1;CustomerID=2", null, "PARTY_ID=1;CustomerID=1", because: "two names of one thing that agree"),
        new("CCT122", "EventCode=1;PhoneNumber=2", null, "CountryCode=1;AreaCode=2;PhoneNumber=3", because: "the parts of one number"),
        new("CCT122", "ServiceRequestNum=1;AccountCode=2", null, "ServiceRequestNum=1;CustomerID=2", EbsForms.ServiceRequest,
            "Service Request does not read the other", EbsForms.ServiceRequest),
        new("CCT122", "QuoteNum=1;AccountCode=2", null, "QuoteNum=1;AccountCode=2", EbsForms.ContactCenter, "Contact Center does not look a quote up",
            EbsForms.EBusinessCenter),
        new("CCT122", "PARTY_ID=1;CustomerID=2", null, "PARTY_ID=1;party_id=2", because: "the same key twice, which is CCT109's"),
        new("CCT123", "AccountNum=1", "AccountNum", "AccountNum=1;AccountCode=1"),
        new("CCT124", "CustomerID=0042", "CustomerID", "CustomerID=42"),
        new("CCT124", "CustomerID=42;CustomerNum=42", "CustomerID", "CustomerID=42;CustomerNum=43"),
        new("CCT124", "CustomerID=C-42", "CustomerID", "CustomerNum=C-42"),
        new("CCT125", "SiteCode=" + Digits(1800), "SiteCode", "SiteCode=" + Digits(1700), EbsForms.ContactCenter, firesIn: EbsForms.ContactCenter),
        new("CCT125", "SiteCode=" + Digits(450), "SiteCode", "SiteCode=" + Digits(400), EbsForms.Collections, firesIn: EbsForms.Collections),
        new("CCT125", "SiteCode=" + Digits(450), "SiteCode", "SiteCode=" + Digits(450), EbsForms.ContactCenter, "500 is the limit of Collections"),
        new("CCT125", "SiteCode=" + Digits(450), "SiteCode", "SiteCode=" + new string('\u00E9', 400), EbsForms.Collections, "characters count and not bytes",
            EbsForms.Collections),
        new("CCT126", "occtANI=7001", "occtANI", "occtANI=5550100"),
        new("CCT126", "occtANI=123456", "occtANI", "occtANI=1234567"),
        new("CCT126", "occtANI=7001;occtDNIS=7001", "occtANI", "occtANI=14155550100;occtDNIS=14155550100",
            because: "an outgoing call's number is the one dialled"),
        new("CCT126", "occtANI=A7001;occtDNIS=A7001", "occtANI", "occtANI=A7001;occtDNIS=A7002"),
        new("CCT127", "occtScreenPopAction=createSR", "occtScreenPopAction", "occtScreenPopAction=CreateSR"),
        new("CCT127", "occtScreenPopAction= CreateSR", "occtScreenPopAction", "occtScreenPopAction=inquiresr",
            because: "whatever is not CreateSR looks one up"),
        new("CCT127", "occtScreenPopAction=CREATESR", "occtScreenPopAction", "occtScreenPopAction=CREATESR", EbsForms.All & ~EbsForms.ServiceRequest,
            "free text in Contact Center"),
    ];

    public static ScreenPopEvent Pop(string pairs)
    {
        (string Name, string Value)[] all = pairs.Split([';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Replace("\\q", "\"").Replace("\\t", "\t"))
            .Select(pair => (pair.Substring(0, pair.IndexOf('=')), pair.Substring(pair.IndexOf('=') + 1)))
            .ToArray();
        string? Value(string name, string? otherwise) => all.Where(pair => pair.Name == name).Select(pair => pair.Value).DefaultIfEmpty(otherwise).First();
        ScreenPopType? Word(string name) => Value(name, null) is { } word ? new ScreenPopType(word) : null;
        string[] own =
        [
            "occtSourceID", "occtANI", "occtDNIS", "CustomerID", "ContactNum", "ScreenPopType", "occtClassification", "AccountNum", "EventCode",
            "ServiceRequestNum", "COMPAIGN_SCHEDULE_NAME",
            "lastOperationCode", "language",
        ];
        return new()
        {
            SourceId = Value("occtSourceID", "42")!,
            Ani = Value("occtANI", "4155550100"),
            Dnis = Value("occtDNIS", "70002"),
            CustomerId = Value("CustomerID", null),
            ContactNum = Value("ContactNum", null),
            ScreenPopType = Word("ScreenPopType"),
            Classification = Word("occtClassification"),
            AccountNum = Value("AccountNum", null),
            EventCode = Value("EventCode", null),
            ServiceRequestNum = Value("ServiceRequestNum", null),
            CampaignScheduleName = Value("COMPAIGN_SCHEDULE_NAME", null),
            LastOperationCode = Value("lastOperationCode", null),
            Language = Value("language", null),
            ExtraFields = WireFields.Create(all.Where(pair => !own.Contains(pair.Name)).Select(pair => new WireField(pair.Name, pair.Value))),
        };
    }

    private static string Digits(int count) => new('7', count);

    private static string Letters(int count) => new('x', count);
}
