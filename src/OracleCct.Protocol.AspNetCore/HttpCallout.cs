using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace OracleCct.Protocol;

/// <summary>Translates between ASP.NET Core and the endpoint.</summary>
internal static class HttpCallout
{
    /// <param name="context">The request.</param>
    /// <param name="endpoint">Who answers it.</param>
    /// <param name="stopping">Cancelled when the application stops. Not the request's own token: Java's HTTP client may drop a connection and ask again.</param>
    public static async Task AnswerAsync(HttpContext context, CalloutEndpoint endpoint, CancellationToken stopping)
    {
        CalloutResponse answer = await endpoint.HandleAsync(Read(context), stopping).ConfigureAwait(false);

        HttpResponse response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        if (!answer.Body.IsEmpty && !HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(answer.Body, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static CalloutRequest Read(HttpContext context)
    {
        HttpRequest request = context.Request;
        return new()
        {
            Method = request.Method,
            Query = request.QueryString.Value ?? "",
            Headers = Lines(request.Headers),
            RemoteAddress = context.Connection.RemoteIpAddress,
            LocalPort = PortOf(context),
            ContentLength = request.Headers.TransferEncoding.Count > 0 ? -1 : request.ContentLength ?? (MayHaveBody(context) ? -1 : 0),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Lines(IHeaderDictionary headers)
    {
        foreach (KeyValuePair<string, StringValues> header in headers)
        {
            foreach (string? value in header.Value)
            {
                yield return new(header.Key, value ?? "");
            }
        }
    }

    /// <summary>A server without TCP, as in tests, has no port that the Host header could name wrongly.</summary>
    private static int PortOf(HttpContext context) => context.Connection.LocalPort is not 0 and var port ? port : context.Request.Host.Port ?? (context.Request.IsHttps ? 443 : 80);

    /// <summary>HTTP/2 needs no header to announce a body.</summary>
    private static bool MayHaveBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
}
