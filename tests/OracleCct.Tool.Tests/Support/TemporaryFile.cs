using System;
using System.IO;

namespace OracleCct.Tool.Tests.Support;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cct-{Guid.NewGuid():N}.txt");

    public void Dispose() => File.Delete(Path);
}
