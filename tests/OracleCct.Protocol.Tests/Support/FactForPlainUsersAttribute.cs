using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>A test that needs a port on which this user may not listen.</summary>
internal sealed class FactForPlainUsersAttribute : FactAttribute
{
    public const int ForbiddenPort = 1;

    public FactForPlainUsersAttribute() => Skip =
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "On Windows everybody may listen on localhost."
        : MayListen() ? "This user may listen on every port (root may)."
        : null;

    private static bool MayListen()
    {
        var probe = new TcpListener(IPAddress.Loopback, ForbiddenPort);
        try
        {
            probe.Start();
            probe.Stop();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
