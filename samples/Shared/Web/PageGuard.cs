using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace OracleCct.Samples;

/// <summary>Keeps other web pages in the same browser, and other machines, from using a page on this one or reading it.</summary>
internal static class PageGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "same-origin";
        if (WhatIsWrong(http) is not { } problem)
        {
            await next(http);

            // JSON that does not read is refused without a word.
            if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
            {
                await http.Response.WriteAsJsonAsync(new Problem("What the page says does not read: it is no JSON, or has something in a field that cannot be there."));
            }

            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.Response.WriteAsJsonAsync(new Problem(problem));
    }

    private static string? WhatIsWrong(HttpContext http)
    {
        HttpRequest request = http.Request;
        return !IsThisMachine(http) ? "The page is for this machine alone."
            : !NamesThisMachine(request.Host, http.Connection.LocalPort) ? "The page is at http://localhost alone: another name could be anybody's."
            : !IsOfItsOwnPage(request.Headers) ? "Another page asks."
            : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? null
            : request.Headers.Origin != $"http://{request.Host}" ? "Only the page itself may do that."
            : !HttpMethods.IsPost(request.Method) || !request.HasJsonContentType() ? "That is to be said in JSON."
            : null;
    }

    private static bool IsThisMachine(HttpContext http) => http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer);

    /// <remarks>No other spelling: browsers connect <c>[::ffff:127.0.0.1]</c> to this machine, but send none of the headers by which a stranger's page is told apart.</remarks>
    private static bool NamesThisMachine(HostString host, int port) =>
        (host.Port ?? 80) == port
        && (host.Host is "127.0.0.1" or "[::1]" || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase));

    /// <summary>Other pages may link to this one, but neither read from it nor put it into a frame.</summary>
    private static bool IsOfItsOwnPage(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        || (headers["Sec-Fetch-Mode"] == "navigate" && headers["Sec-Fetch-Dest"] == "document");
}

/// <param name="Text">What is wrong, in a sentence.</param>
internal sealed record Problem(string Text);
