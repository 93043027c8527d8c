#if !NET
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Opens a direct connection for each request.</summary>
internal sealed class UnpooledHandler : HttpMessageHandler
{
    /// <summary>
    /// Disposes the inner handler while its answer may still be read, so that the handler cannot keep the connection. Mono and .NET otherwise keep it unless
    /// the server sends "close".
    /// </summary>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var inner = new HttpMessageInvoker(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        return await inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
#endif
