using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Replaces baresip's module ctrl_tcp: sends the messages that a test specifies.</summary>
internal sealed class ScriptedBaresip : IDisposable
{
    public const string Account = "\n--- User Agents (1) ---\n> sip:70002@127.0.0.1:5070                 \n\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;
    private NetstringReader? _reader;

    public ScriptedBaresip() => _listener.Start();

    public string Control => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Accepts a connection that replaces the previous one, and responds to the first command with the list of accounts.</summary>
    public async Task AcceptAsync(string accounts = Account)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        _client?.Dispose();
        _client = await _listener.AcceptTcpClientAsync(deadline.Token);
        _reader = new(_client.GetStream());
        (_, string token) = await CommandAsync();
        await RespondAsync(token, accounts);
    }

    /// <summary>Waits for a command.</summary>
    /// <returns>The command with its parameters, and its token.</returns>
    public async Task<(string Command, string Token)> CommandAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        byte[] message = await _reader!.ReadAsync(deadline.Token) ?? throw new InvalidOperationException("The softphone closed the connection.");
        using var json = JsonDocument.Parse(message);
        string command = json.RootElement.GetProperty("command").GetString()!;
        string token = json.RootElement.GetProperty("token").GetString()!;
        return (json.RootElement.TryGetProperty("params", out JsonElement parameters) ? $"{command} {parameters.GetString()}" : command, token);
    }

    public Task RespondAsync(string token, string data, bool ok = true) => SendAsync(JsonSerializer.Serialize(new { response = true, ok, data, token }));

    public Task SendAsync(string json) => SendRawAsync(NetstringReader.Write(Encoding.UTF8.GetBytes(json)));

    public async Task SendRawAsync(byte[] bytes)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _client!.GetStream().WriteAsync(bytes, deadline.Token);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
