using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Writes down who said what to whom, and what was answered.</summary>
internal sealed class Transcript(TextWriter output)
{
    private const string Ebs = "EBS";
    private const string Softphone = "softphone";

    /// <summary>How many messages have been written down.</summary>
    public int Count { get; private set; }

    /// <summary>The text with asterisks for a password.</summary>
    public static string HidePassword(string text) => Regex.Replace(text, "(?<=agentPassword=)[^& ]*", "***");

    public void Scene(string title)
    {
        output.WriteLine($"== {title}");
        output.WriteLine();
    }

    public void Add(UwqMessage message, int? status, string answer)
    {
        Count++;
        (string from, string to) = message.IsCallout ? (Ebs, Softphone) : (Softphone, Ebs);
        output.WriteLine($"{Count,2}  {from} -> {to}: {message.Name}");
        output.WriteLine($"      {(message.IsCallout ? "GET /?" + message.Text : "POST /")}");
        Show(message.IsCallout ? "" : message.Text);
        output.WriteLine($"    {to} answers");
        output.WriteLine($"      {status?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}");
        Show(answer);
        output.WriteLine();
    }

    private void Show(string xml)
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
