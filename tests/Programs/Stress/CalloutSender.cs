using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>
/// Sends callouts as EBS's client does. Like Java's client, it keeps its connections and sends a request once more when the connection ends before the answer.
/// The platform's listener closes connections that are idle for 15 seconds.
/// </summary>
internal sealed class CalloutSender(Uri softphone) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 50 })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private int _repeated;

    /// <summary>Gets how many callouts were sent twice.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    /// <summary>Sends a callout.</summary>
    /// <returns>The answer, or null for a success.</returns>
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
