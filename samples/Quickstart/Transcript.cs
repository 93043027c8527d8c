using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Writes the messages and their replies.</summary>
internal sealed class Transcript(TextWriter output)
{
    private const string Ebs = "EBS";
    private const string Softphone = "softphone";

    /// <summary>Gets the number of messages written.</summary>
    public int Count { get; private set; }

    /// <summary>Returns the text with asterisks in place of passwords.</summary>
    public static string HidePassword(string text) => Regex.Replace(text, "(?<=agentPassword=)[^& ]*", "***");

    public void Scene(string title)
    {
        output.WriteLine($"== {title}");
        output.WriteLine();
    }

    public void Add(UwqMessage message, int? status, string reply)
    {
        Count++;
        (string from, string to) = message.IsCallout ? (Ebs, Softphone) : (Softphone, Ebs);
        output.WriteLine($"{Count,2}  {from} -> {to}: {message.Name}");
        output.WriteLine($"      {(message.IsCallout ? "GET /?" + message.Text : "POST /")}");
        WriteElements(message.IsCallout ? "" : message.Text);
        output.WriteLine($"    {to} replies");
        output.WriteLine($"      {status?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}");
        WriteElements(reply);
        output.WriteLine();
    }

    private void WriteElements(string xml)
    {
        foreach (string element in Regex.Split(xml, "(?<=>)(?=<)"))
        {
            if (element.Length > 0)
            {
                output.WriteLine($"      {element}");
            }
        }
    }
}
