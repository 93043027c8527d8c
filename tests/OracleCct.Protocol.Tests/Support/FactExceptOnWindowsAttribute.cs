using System.Runtime.InteropServices;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

internal sealed class FactExceptOnWindowsAttribute : FactAttribute
{
    public FactExceptOnWindowsAttribute(string because) => Skip = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? because : null;
}
