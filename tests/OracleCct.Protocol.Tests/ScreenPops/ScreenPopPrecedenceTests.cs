using System;
using System.Linq;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

public class ScreenPopPrecedenceTests
{
    private const EbsForms ContactCenter = EbsForms.ContactCenter;
    private const EbsForms ServiceRequest = EbsForms.ServiceRequest;
    private const EbsForms EBusinessCenter = EbsForms.EBusinessCenter;
    private const EbsForms Collections = EbsForms.Collections;

    public static TheoryData<EbsForms> Forms => [ContactCenter, ServiceRequest, EBusinessCenter, Collections];

    [Theory]
    [InlineData(ContactCenter, "CustomerNum=1;ServiceRequestNum=2;PARTY_ID=3", "PARTY_ID")]
    [InlineData(ContactCenter, "CustomerNum=1;CustomerID=2", "CustomerID")]
    [InlineData(ContactCenter, "ContractNum=1;ServiceRequestNum=2", "ServiceRequestNum")]
    [InlineData(ContactCenter, "CustomerNum=1;SerialNum=2", "SerialNum")]
    [InlineData(ContactCenter, "AccountCode=1;CustomerNum=2", "CustomerNum")]
    [InlineData(ContactCenter, "PhoneNumber=1;AccountCode=2", "AccountCode")]
    [InlineData(ContactCenter, "ContactNum=1;PhoneNumber=2", "PhoneNumber")]
    [InlineData(ContactCenter, "ContactNum=1", "ContactNum")]
    [InlineData(ServiceRequest, "CustomerNum=1;AccountCode=2", "AccountCode")]
    [InlineData(ServiceRequest, "AccountCode=1;CustomerNum=2", "CustomerNum")]
    [InlineData(ServiceRequest, "AccountCode=1;ServiceRequestNum=2", "AccountCode")] // a property is written before the extra pairs
    [InlineData(ServiceRequest, "AccountCode=1;PARTY_ID=2", "AccountCode")] // which it does not read
    [InlineData(EBusinessCenter, "PARTY_ID=1;AccountCode=2", "AccountCode")]
    [InlineData(EBusinessCenter, "PARTY_ID=1;ServiceRequestNum=2", "ServiceRequestNum")]
    [InlineData(EBusinessCenter, "PARTY_ID=1", "PARTY_ID")]
    [InlineData(EBusinessCenter, "CustomerID=1", "occtANI")] // which it does not read
    [InlineData(Collections, "PARTY_ID=1;AccountCode=2", "AccountCode")]
    [InlineData(Collections, "CustomerNum=1;ContactNum=2", "ContactNum")]
    [InlineData(Collections, "accountcode=1;ContactNum=2", "accountcode")] // which it reads in any case
    [InlineData(ContactCenter, "accountcode=1;ContactNum=2", "ContactNum")]
    [InlineData(EBusinessCenter, "customernum=1;party_id=2", "party_id")] // the one exactly, the other in any case
    [InlineData(Collections, "CustomerID=1;occtANI=4155550100", "CustomerID")]
    public void A_form_goes_by(EbsForms form, string pop, string key) => Assert.Equal(key, ScreenPopPrecedence.Of(form).FieldUsed(RuleRow.Pop(pop))?.Name);

    [Theory]
    [InlineData(Collections, "customernum=1608;occtANI=4155550100", "customernum=1608")]
    [InlineData(ContactCenter, "customernum=1608;occtANI=4155550100", "occtANI=4155550100")] // whose keys count case by case
    [InlineData(Collections, "CustomerNum=1608;customernum=1609", "customernum=1609")] // one key to it, sent twice
    [InlineData(ContactCenter, "CustomerNum=1608;customernum=1609", "CustomerNum=1608")]
    [InlineData(EBusinessCenter, "ACCOUNTCODE=5005;AccountCode=", "ACCOUNTCODE=5005")] // an empty one is none
    [InlineData(ServiceRequest, "AccountCode=5005;CustomerNum=1608", "CustomerNum=1608")]
    public void A_form_looks_for_the_pair_as_it_is_sent(EbsForms form, string pop, string pair)
    {
        WireField? used = ScreenPopPrecedence.Of(form).FieldUsed(RuleRow.Pop(pop));

        Assert.Equal(pair, $"{used?.Name}={used?.Value}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_callers_number_comes_last(EbsForms form)
    {
        Assert.Equal([ScreenPopKeys.Ani], ScreenPopPrecedence.Of(form).Ranks[ScreenPopPrecedence.Of(form).Ranks.Count - 1]);
        Assert.Equal(ScreenPopKeys.Ani, ScreenPopPrecedence.Of(form).FieldUsed(RuleRow.Pop("SiteCode=1;AccountNum=1;CustomerNum=;PARTY_ID=  "))?.Name);
        Assert.Null(ScreenPopPrecedence.Of(form).FieldUsed(new() { SourceId = "1", Ani = null, Dnis = null }));
    }

    /// <summary>The data agree with the catalogue: what a form looks by is what it reads.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_ranks_the_business_keys_that_it_reads(EbsForms form)
    {
        string[] ranked = ScreenPopPrecedence.Of(form).Ranks.SelectMany(rank => rank).ToArray();
        string[] read = ScreenPopKeys.All.Where(key => (key.IsBusinessKey || key.Name == ScreenPopKeys.Ani) && (key.ReadBy & form) != 0)
            .Select(key => key.Name)
            .Where(name => form != ContactCenter || name != ScreenPopKeys.QuoteNum) // shown there, not looked up
            .ToArray();

        Assert.Equal(read.OrderBy(name => name, StringComparer.Ordinal), ranked.OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(form == ServiceRequest, ScreenPopPrecedence.Of(form).LastSentWins);
        Assert.Equal(form, ScreenPopPrecedence.Of(form).Form);
    }

    [Theory]
    [InlineData(EbsForms.None)]
    [InlineData(EbsForms.All)]
    [InlineData(ContactCenter | Collections)]
    public void One_form_is_asked_for(EbsForms forms) => Assert.Throws<ArgumentOutOfRangeException>(() => ScreenPopPrecedence.Of(forms));
}
