using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>EBS's client: keeps its connections as Java's does, and like that one asks once more when a connection ends before the answer. The platform's listener ends those that were idle for 15 seconds.</summary>
internal sealed class CalloutSender(Uri softphone) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 50 }) { Timeout = TimeSpan.FromSeconds(20) };

    private int _repeated;

    /// <summary>How many callouts were sent twice.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    /// <returns>Null for a success, or what was answered in place of it.</returns>
    public async Task<string?> SendAsync(Callout callout)
    {
        var target = new Uri($"{softphone}?{CalloutQueryFormatter.Default.Write(callout)}");
        using HttpResponseMessage response = await GetAsync(target);
        string body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && body.Length == 0 ? null : $"{callout.FunctionName}: HTTP {(int)response.StatusCode} {body}";
    }

    private async Task<HttpResponseMessage> GetAsync(Uri target)
    {
        try
        {
            return await _http.GetAsync(target);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is not HttpRequestError.ConnectionError)
        {
            _ = Interlocked.Increment(ref _repeated);
            return await _http.GetAsync(target);
        }
    }

    public void Dispose() => _http.Dispose();
}
