using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

internal sealed class FactExceptOnWindowsAttribute : FactAttribute
{
    public FactExceptOnWindowsAttribute(string because, [CallerMemberName] string test = "")
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // The runner prints the name of what it skips, but not the reason.
            Skip = because;
            DisplayName = $"{test}: {because}";
        }
    }
}
