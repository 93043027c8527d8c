using System;
using System.Net.Http;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>EBS's client: keeps its connections, as Java's does.</summary>
internal sealed class CalloutSender(Uri softphone) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 50 }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <returns>Null for a success, or what was answered in place of it.</returns>
    public async Task<string?> SendAsync(Callout callout)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri($"{softphone}?{CalloutQueryFormatter.Default.Write(callout)}"));
        string body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && body.Length == 0 ? null : $"{callout.FunctionName}: HTTP {(int)response.StatusCode} {body}";
    }

    public void Dispose() => _http.Dispose();
}
