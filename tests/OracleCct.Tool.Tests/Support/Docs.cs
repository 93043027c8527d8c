using System.Linq;
using System.Reflection;

namespace OracleCct.Tool.Tests.Support;

internal static class Docs
{
    public static string Path { get; } = typeof(Docs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ToolDocs").Value!;
}
