using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace OracleCct.Samples;

/// <summary>Prevents other web pages in the same browser, and other machines, from using or reading a page on this machine.</summary>
internal static class PageGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "same-origin";
        if (ProblemOf(http) is not { } problem)
        {
            await next(http);

            // ASP.NET Core refuses invalid JSON without a body.
            if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
            {
                await http.Response.WriteAsJsonAsync(new Problem("The request is not valid JSON, or a field has a wrong type. Reload the page."));
            }

            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.Response.WriteAsJsonAsync(new Problem(problem));
    }

    private static string? ProblemOf(HttpContext http)
    {
        HttpRequest request = http.Request;
        return !IsThisMachine(http) ? "The page is available on this machine only. Open it on the machine where the program runs."
            : !NamesThisMachine(request.Host, http.Connection.LocalPort) ? "The page is not available under this host name. Use http://localhost."
            : !IsFromOwnPage(request.Headers) ? "The request comes from another page. Use the program's own page."
            : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? null
            : request.Headers.Origin != $"http://{request.Host}" ? "The request's Origin is not this page. Use the program's own page."
            : !HttpMethods.IsPost(request.Method) || !request.HasJsonContentType() ? "The request is not a POST of JSON. Use the content type application/json."
            : null;
    }

    private static bool IsThisMachine(HttpContext http) => http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer);

    /// <remarks>
    /// No other spelling is accepted: browsers connect <c>[::ffff:127.0.0.1]</c> to this machine, but do not send the headers that identify a foreign page.
    /// </remarks>
    private static bool NamesThisMachine(HostString host, int port) =>
        (host.Port ?? 80) == port
        && (host.Host is "127.0.0.1" or "[::1]" || string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase));

    /// <summary>Indicates whether the page itself or the user sends the request. Other pages can link to the page, but not read or frame it.</summary>
    private static bool IsFromOwnPage(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        || (headers["Sec-Fetch-Mode"] == "navigate" && headers["Sec-Fetch-Dest"] == "document");
}

/// <summary>Represents the reason why a request is refused.</summary>
/// <param name="Text">What is wrong, and what to do.</param>
internal sealed record Problem(string Text);
