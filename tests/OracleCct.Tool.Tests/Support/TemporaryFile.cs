using System;
using System.IO;
using System.Text;

namespace OracleCct.Tool.Tests.Support;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    /// <summary>Writes the text with the byte order mark of the encoding.</summary>
    public TemporaryFile(string text, Encoding encoding) => File.WriteAllText(Path, text, encoding);

    public TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cct-{Guid.NewGuid():N}.txt");

    public void Dispose() => File.Delete(Path);
}
