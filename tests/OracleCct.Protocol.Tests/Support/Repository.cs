using System;
using System.IO;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        string? folder = AppDomain.CurrentDomain.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OracleCct.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
