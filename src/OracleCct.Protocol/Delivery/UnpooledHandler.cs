#if !NET
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Connects directly, and anew for each request.</summary>
internal sealed class UnpooledHandler : HttpMessageHandler
{
    /// <summary>
    /// The inner handler is disposed while its answer may still be read. It then has nowhere to keep the connection, which
    /// Mono and .NET would otherwise keep for as long as the server does not say "close" itself.
    /// </summary>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var inner = new HttpMessageInvoker(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        return await inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
#endif
