using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>A test that needs a port on which this user may not listen.</summary>
internal sealed class FactForPlainUsersAttribute : FactAttribute
{
    public const int ForbiddenPort = 1;

    public FactForPlainUsersAttribute([CallerMemberName] string test = "")
    {
        Skip = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "on Windows everybody may listen on localhost"
            : MayListen() ? "this user may listen on every port, as root may"
            : null;

        // The runner prints the name of what it skips, but not the reason.
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }

    private static bool MayListen()
    {
        var probe = new TcpListener(IPAddress.Loopback, ForbiddenPort);
        try
        {
            probe.Start();
            probe.Stop();
            return true;
        }
        catch (SocketException exception)
        {
            // The other target's tests may be asking at the same moment: a port that is taken is not forbidden.
            return exception.SocketErrorCode != SocketError.AccessDenied;
        }
    }
}
