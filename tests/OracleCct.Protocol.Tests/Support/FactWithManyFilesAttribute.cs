using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>A test that opens more sockets than some machines allow a process to have.</summary>
internal sealed class FactWithManyFilesAttribute : FactAttribute
{
    private const string Limits = "/proc/self/limits";

    public FactWithManyFilesAttribute(int count, [CallerMemberName] string test = "")
    {
        if (Allowed() is { } allowed && allowed < count)
        {
            // The runner prints the name of what it skips, but not the reason.
            Skip = FormattableString.Invariant($"this process may have {allowed} files open (ulimit -n), and the test needs {count}");
            DisplayName = $"{test}: {Skip}";
        }
    }

    /// <summary>Null: no limit is known.</summary>
    private static int? Allowed() =>
        File.Exists(Limits)
        && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
        && int.TryParse(line.Split([' '], StringSplitOptions.RemoveEmptyEntries)[3], out int allowed)
            ? allowed
            : null;
}
