using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Stands in for baresip's module ctrl_tcp: says what a test wants it to say.</summary>
internal sealed class ScriptedBaresip : IDisposable
{
    public const string Account = "\n--- User Agents (1) ---\n> sip:70002@127.0.0.1:5070                 \n\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;
    private NetstringReader? _reader;

    public ScriptedBaresip() => _listener.Start();

    public string Control => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Takes a connection in place of the one before, and answers the first command with the list of accounts.</summary>
    public async Task AcceptAsync(string accounts = Account)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        _client?.Dispose();
        _client = await _listener.AcceptTcpClientAsync(deadline.Token);
        _reader = new(_client.GetStream());
        (_, string token) = await CommandAsync();
        await AnswerAsync(token, accounts);
    }

    /// <summary>Waits for a command.</summary>
    /// <returns>It with its parameters, and its token.</returns>
    public async Task<(string Command, string Token)> CommandAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        byte[] message = await _reader!.ReadAsync(deadline.Token) ?? throw new InvalidOperationException("The softphone has hung up.");
        using var json = JsonDocument.Parse(message);
        string command = json.RootElement.GetProperty("command").GetString()!;
        return (json.RootElement.TryGetProperty("params", out JsonElement parameters) ? $"{command} {parameters.GetString()}" : command, json.RootElement.GetProperty("token").GetString()!);
    }

    public Task AnswerAsync(string token, string data, bool ok = true) => SendAsync(JsonSerializer.Serialize(new { response = true, ok, data, token }));

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
