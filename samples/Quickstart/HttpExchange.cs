namespace OracleCct.Samples;

/// <summary>A message and what was answered to it.</summary>
internal sealed class HttpExchange(HttpMessage request, HttpMessage reply)
{
    public HttpMessage Request { get; } = request;

    public HttpMessage Reply { get; } = reply;
}
