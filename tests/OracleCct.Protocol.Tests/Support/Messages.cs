namespace OracleCct.Protocol.Tests.Support;

/// <summary>Messages for tests to which their contents do not matter.</summary>
internal static class Messages
{
    public static RegisterCallout Register { get; } = new() { TelesetNumber = "70002", AgentId = "7001", IpAddress = "127.0.0.1", Port = 8888 };

    public static UnregisterCallout Unregister { get; } = new() { TelesetNumber = "70002", AgentId = "7001" };

    public static LoginCallout Login { get; } =
        new() { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("s3cret"), AgentQueue = "7700" };

    public static MakeCallCallout MakeCall { get; } = new() { TelesetNumber = "70002", AgentId = "7001", DialString = "4155550100" };

    public static AgentIdentity Agent { get; } = new("70002", "7001");

    public static ScreenPopEvent ScreenPop { get; } = new() { SourceId = "42", Ani = "4155550100", Dnis = "70002" };
}
