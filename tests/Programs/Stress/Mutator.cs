using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Stress;

/// <summary>Creates texts that are almost messages. It changes bytes, and omits, repeats, exchanges and mixes pieces of messages.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> samples)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "&", "=", "?", "#", "+", "%", "%00", "%4", "%zz", "%E9", "%C3%A9", "%ED%A0%80", "%25", ";", "&amp;", "\0", "\r\n", "\r\n\r\n", "\n", "\t", " ",
            "\uFEFF", "\u2028", "\uD83D\uDE00", "FunctionName=", "&FunctionName=Login", "&agentPassword=", "functionname", "telesetNumber", "agentID",
            "&dialString=%2B1", "&port=99999", "&port=-1", "<", ">", "/>", "</", "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<![CDATA[", "]]>", "<!--", "-->", "&#x0;", "&#xD800;", "&lt;", "&b;", "xmlns=\"x\"", "<CCTSDK>", "</CCTSDK>",
            "<event name=\"Error\">", "</event>", "<data name=\"occtSourceID\" value=\"1\"/>", " HTTP/1.1\r\n", "Host: ", "Content-Length: ",
            "Content-Length: -1\r\n", "Content-Length: 99999999999\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n",
            "Expect: 100-continue\r\n", "FFFFFFFF\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: /\r\n", "GET ", "POST ", "HEAD ",
            "OPTIONS * ",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public byte[] Next()
    {
        byte[] bytes = Sample();
        for (int count = random.Next(6); count > 0; count--)
        {
            bytes = Mutate(bytes);
        }

        return bytes;
    }

    /// <summary>Returns the next input as text, decoded in one of two ways, sometimes with any UTF-16 character inserted.</summary>
    public string NextText()
    {
        byte[] bytes = Next();
        string text = random.Next(2) == 0 ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        return random.Next(4) > 0 ? text : text.Insert(random.Next(text.Length + 1), ((char)random.Next(0x10000)).ToString());
    }

    private byte[] Sample() => samples[random.Next(samples.Count)];

    private byte[] Mutate(byte[] bytes)
    {
        int start = random.Next(bytes.Length + 1);
        int end = Math.Min(bytes.Length, start + 1 + random.Next(random.Next(4) == 0 ? 200 : 8));
        byte[] before = bytes[..start];
        byte[] piece = bytes[start..end];
        byte[] after = bytes[end..];
        switch (random.Next(10))
        {
            case 0:
                return [.. before, .. after];
            case 1:
                return [.. before, .. piece, .. piece, .. after];
            case 2:
                return [.. before, .. Tokens[random.Next(Tokens.Length)], .. after];
            case 3:
                return [.. before, .. Tokens[random.Next(Tokens.Length)], .. piece, .. after];
            case 4:
                random.NextBytes(piece);
                return [.. before, .. piece, .. after];
            case 5:
                return [.. before, .. piece.Select(b => (byte)(b ^ (1 << random.Next(8)))), .. after];
            case 6:
                return before;
            case 7:
                return Rearranged(bytes);
            case 8:
                byte[] other = Sample();
                return [.. before, .. other[random.Next(other.Length + 1)..]];
            default:
                return random.Next(50) > 0 ? bytes : [.. before, .. Enumerable.Repeat(piece, 20_000 / Math.Max(piece.Length, 1)).SelectMany(p => p), .. after];
        }
    }

    /// <summary>Returns the parts between separators, with one part repeated, omitted or exchanged.</summary>
    private byte[] Rearranged(byte[] bytes)
    {
        char separator = "&<\n= "[random.Next(5)];
        var parts = Encoding.Latin1.GetString(bytes).Split(separator).ToList();
        int from = random.Next(parts.Count);
        int to = random.Next(parts.Count);
        switch (random.Next(3))
        {
            case 0:
                parts.Insert(to, parts[from]);
                break;
            case 1:
                parts.RemoveAt(from);
                break;
            default:
                (parts[from], parts[to]) = (parts[to], parts[from]);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join(separator, parts));
    }
}
