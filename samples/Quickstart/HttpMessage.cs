using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>A request or a reply of HTTP, as it crossed the wire.</summary>
internal sealed class HttpMessage(string startLine, string body)
{
    // One character for each byte, so that nothing is lost and a length in bytes is a length in characters.
    private static readonly Encoding Bytes = Encoding.GetEncoding("iso-8859-1");

    /// <summary>The request line, or the status line of a reply.</summary>
    public string StartLine { get; } = startLine;

    public string Body { get; } = body;

    public static async Task<HttpMessage> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Bytes, detectEncodingFromByteOrderMarks: false, bufferSize: 1024, leaveOpen: true);
        string startLine = await reader.ReadLineAsync() ?? throw new IOException("The connection was closed without a message.");

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            string[] header = line.Split([':'], 2);
            headers[header[0]] = header[1].Trim();
        }

        char[] body = new char[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        int count = await reader.ReadBlockAsync(body, 0, body.Length);
        return count == body.Length ? new(startLine, new string(body)) : throw new IOException("The connection was closed inside a message.");
    }

    public static async Task WriteAsync(Stream stream, params string[] lines)
    {
        using var writer = new StreamWriter(stream, Bytes, bufferSize: 1024, leaveOpen: true) { NewLine = "\r\n" };
        foreach (string line in lines)
        {
            await writer.WriteLineAsync(line);
        }

        await writer.WriteLineAsync();
        await writer.FlushAsync();
    }
}
