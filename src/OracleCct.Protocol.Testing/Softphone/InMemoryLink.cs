using System;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Passes callouts to an endpoint as a web server does.</summary>
internal sealed class InMemoryLink(CalloutEndpoint endpoint) : ISoftphoneLink
{
    private const int Port = 3107;
    private readonly CancellationTokenSource _end = new();

    public async Task<CalloutAttempt> SendAsync(string query, bool anew, CancellationToken cancellationToken)
    {
        var request = new CalloutRequest
        {
            Method = "GET",
            Query = "?" + query,
            Headers = JavaHeaders.For("localhost:3107"),
            RemoteAddress = IPAddress.Loopback,
            LocalPort = Port,
        };
        try
        {
            // A client that disconnects does not end its request, so the token only ends the wait.
            CalloutResponse response = await Waiting.UntilAsync(endpoint.HandleAsync(request, _end.Token).AsTask(), cancellationToken).ConfigureAwait(false);
            return new(AttemptEnd.Answered, response.StatusCode, Encoding.UTF8.GetString(response.Body.ToArray()));
        }
#pragma warning disable CA1031 // The failure of a softphone is a result of the test.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new(
                AttemptEnd.Dead,
                Trouble: $"The endpoint failed with {exception.GetType().Name}, which the simulator treats as a connection that ends without an answer.");
        }
    }

    public void Dispose() => _end.Cancel();
}
