using System;
using System.Collections.Generic;
using System.IO;

namespace OracleCct.Protocol.Tests.Golden;

/// <summary>Provides the golden files and their messages.</summary>
internal static class GoldenFile
{
    private const string TelesetNumber = "70002";
    private const string AgentId = "7001";

    /// <summary>One of each type, in canonical form: the type's name is the file's.</summary>
    public static IReadOnlyList<Callout> Callouts { get; } =
    [
        new RegisterCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, IpAddress = "192.0.2.10", Port = 8888 },
        new UnregisterCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        new LoginCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, AgentPassword = new("p@ss w+rd%"), AgentQueue = "7700" },
        new LogoutCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, AgentPassword = new(""), AgentQueue = "7700" },
        new ReadyCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        new NotReadyCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        new CheckStatusCallout(),
        new MakeCallCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, DialString = "+14155550100" },
        new DialCanonicalCallout
        {
            TelesetNumber = TelesetNumber,
            AgentId = AgentId,
            DialString = "+1 (415) 555-0100",
            ExtraFields = [new("SiteCode", "D\u00FAn Laoghaire")],
        },
        new UnknownCallout("HoldCall")
        {
            ExtraFields = [new("telesetNumber", TelesetNumber), new("agentID", AgentId), new("reason", ""), new("AGENTID", "\uD83D\uDE00")],
        },
    ];

    /// <summary>One of each type, in canonical form: the type's name is the file's.</summary>
    public static IReadOnlyList<CctEvent> Events { get; } =
    [
        new ScreenPopEvent
        {
            SourceId = "2026-42",
            Ani = "4155550100",
            Dnis = TelesetNumber,
            CustomerId = "1001",
            ContactNum = "2002",
            ScreenPopType = ScreenPopType.ServiceRequest,
            Classification = ScreenPopType.ServiceRequest,
            AccountNum = "3003",
            EventCode = "EXPO",
            ServiceRequestNum = "4004",
            CampaignScheduleName = "Spring & Summer <B>",
            LastOperationCode = "7",
            Language = "D\u00FAn\r\n\uD83D\uDE00 \"EN\" 'x'",
            ExtraFields = [new("AccountCode", "5005")],
        },
        new CallEstablishedEvent { SourceId = "2026-42" },
        new CallReleasedEvent { SourceId = "2026-42" },
        new ErrorEvent { Message = "The queue 7700 is closed.", Details = "LoginFailed" },
        new UnknownEvent("TelephonyEnabled") { ExtraFields = [new("occtSourceID", ""), new("a", "1"), new("a", "2")] },
    ];

    /// <summary>
    /// The published examples with their placeholders filled in, as a client sends them and with the page's line breaks.
    /// </summary>
    public static IReadOnlyDictionary<string, Callout> PublishedCallouts { get; } = new Dictionary<string, Callout>
    {
        ["register"] = new RegisterCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, IpAddress = "127.0.0.1", Port = 8888 },
        ["login"] = new LoginCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, AgentPassword = new("1234"), AgentQueue = "7700" },
        ["unregister"] = new UnregisterCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        ["logout"] = new LogoutCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, AgentPassword = new("1234"), AgentQueue = "7700" },
        ["ready"] = new ReadyCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        ["not-ready"] = new NotReadyCallout { TelesetNumber = TelesetNumber, AgentId = AgentId },
        ["check-status"] = new CheckStatusCallout(),
        ["make-call"] = new MakeCallCallout { TelesetNumber = TelesetNumber, AgentId = AgentId, DialString = "14155550100" },
    };

    /// <summary>The published documents, indented as published, with straight quotes.</summary>
    public static IReadOnlyDictionary<string, CctEvent> PublishedEvents { get; } = new Dictionary<string, CctEvent>
    {
        ["error"] = new ErrorEvent { Message = "Login failed " },
        ["screen-pop"] = new ScreenPopEvent
        {
            SourceId = "2026-42",
            Ani = "4155550100",
            Dnis = TelesetNumber,
            CustomerId = "1001",
            ContactNum = "4155550100",
            ScreenPopType = ScreenPopType.ServiceRequest,
            Classification = ScreenPopType.Opportunity,
            AccountNum = "3003",
            EventCode = "EXPO",
            ServiceRequestNum = "4004",
            CampaignScheduleName = "Spring",
            LastOperationCode = "7",
            Language = "EN",
        },
        ["call-established"] = new CallEstablishedEvent { SourceId = "2026-42" },
        ["call-released"] = new CallReleasedEvent { SourceId = "2026-42" },
    };

    /// <summary>Gets the folder, which is beside the test assembly.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
