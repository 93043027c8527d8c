using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace OracleCct.Protocol;

/// <summary>Translates an ASP.NET Core request for the endpoint, and writes the endpoint's response.</summary>
internal static class HttpCallout
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="endpoint">The endpoint that answers the request.</param>
    /// <param name="stopping">Cancelled when the application stops. It is not the request's own token, because Java's HTTP client may drop a connection and
    /// send the request again.</param>
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

    /// <summary>Returns the port of the connection. A server without TCP, such as TestServer, has none, so the port of the Host header is used.</summary>
    private static int PortOf(HttpContext context) =>
        context.Connection.LocalPort is not 0 and var port ? port : context.Request.Host.Port ?? (context.Request.IsHttps ? 443 : 80);

    /// <summary>Indicates whether the request may have a body. HTTP/2 can send a body without announcing it in a header.</summary>
    private static bool MayHaveBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
}
