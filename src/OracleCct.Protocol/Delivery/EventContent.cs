using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>The body of an event's request. It knows whether the transport has begun to take it: until then, no event can have reached anybody.</summary>
internal sealed class EventContent : HttpContent
{
    private readonly byte[] _body;
    private volatile bool _taken;

    public EventContent(byte[] body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("text/xml");
    }

    public bool Taken => _taken;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (_taken)
        {
            // A handler that follows redirects, or tries again, asks for it a second time.
            throw new IOException("An event is sent once.");
        }

        _taken = true;
        return stream.WriteAsync(_body, 0, _body.Length);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
