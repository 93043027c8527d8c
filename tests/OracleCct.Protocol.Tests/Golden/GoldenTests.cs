using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace OracleCct.Protocol.Tests.Golden;

/// <summary>Tests the wire, byte for byte. A change here is a change for every user of the package.</summary>
public class GoldenTests
{
    public static TheoryData<string> Callouts => [.. Names(GoldenFile.Callouts)];

    public static TheoryData<string> Events => [.. Names(GoldenFile.Events)];

    public static TheoryData<string> PublishedCallouts => [.. GoldenFile.PublishedCallouts.Keys];

    public static TheoryData<string> PublishedEvents => [.. GoldenFile.PublishedEvents.Keys];

    [Theory]
    [MemberData(nameof(Callouts))]
    public void A_callout_is_its_golden_file(string type)
    {
        Callout callout = GoldenFile.Callouts.Single(one => one.GetType().Name == type);
        byte[] bytes = GoldenFile.Read(type + ".query");
        Assert.Equal(Encoding.ASCII.GetString(bytes), CalloutQueryFormatter.Default.Write(callout));
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(CalloutQueryFormatter.Default.Write(callout)));
        Assert.Equal(callout, CalloutQueryFormatter.Default.Read(Encoding.UTF8.GetString(bytes)));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_its_golden_file(string type)
    {
        CctEvent cctEvent = GoldenFile.Events.Single(one => one.GetType().Name == type);
        byte[] bytes = GoldenFile.Read(type + ".xml");
        Assert.Equal(Encoding.ASCII.GetString(bytes), CctXmlFormatter.Default.WriteToString(cctEvent));
        Assert.Equal(bytes, CctXmlFormatter.Default.WriteToArray(cctEvent));
        Assert.Equal([cctEvent], CctXmlFormatter.Default.Read(bytes));
    }

    [Theory]
    [MemberData(nameof(PublishedCallouts))]
    public void A_callout_of_the_seed_reads_as_sent_and_as_shown(string name)
    {
        Callout callout = GoldenFile.PublishedCallouts[name];
        string sent = Encoding.UTF8.GetString(GoldenFile.Read("published-" + name + ".query"));
        Assert.Equal(callout, CalloutQueryFormatter.Default.Read(sent));
        Assert.Equal(callout, CalloutQueryFormatter.Default.Read(Encoding.UTF8.GetString(GoldenFile.Read("published-" + name + "-as-shown.query"))));
        Assert.Equal(sent, "/?" + CalloutQueryFormatter.Default.Write(callout));
    }

    [Theory]
    [MemberData(nameof(PublishedEvents))]
    public void An_event_of_the_seed_reads_as_shown(string name) =>
        Assert.Equal([GoldenFile.PublishedEvents[name]], CctXmlFormatter.Default.Read(GoldenFile.Read("published-" + name + ".xml")));

    [Fact]
    public void Every_message_type_is_sealed_and_has_a_golden_file()
    {
        Type[] types = typeof(Callout).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (typeof(Callout).IsAssignableFrom(type) || typeof(CctEvent).IsAssignableFrom(type)))
            .ToArray();
        Assert.All(types, type => Assert.True(type.IsSealed, type.Name + " is not sealed"));
        Assert.Equal(
            types.Select(type => type.Name).OrderBy(name => name, StringComparer.Ordinal),
            Names(GoldenFile.Callouts).Concat(Names(GoldenFile.Events)).OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_test()
    {
        IEnumerable<string> expected = Names(GoldenFile.Callouts).Select(name => name + ".query")
            .Concat(Names(GoldenFile.Events).Select(name => name + ".xml"))
            .Concat(GoldenFile.PublishedCallouts.Keys.SelectMany(name => new[] { "published-" + name + ".query", "published-" + name + "-as-shown.query" }))
            .Concat(GoldenFile.PublishedEvents.Keys.Select(name => "published-" + name + ".xml"));
        Assert.Equal(
            expected.OrderBy(name => name, StringComparer.Ordinal),
            new DirectoryInfo(GoldenFile.Folder).GetFiles().Select(file => file.Name).OrderBy(name => name, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(IEnumerable<object> messages) => messages.Select(message => message.GetType().Name);
}
