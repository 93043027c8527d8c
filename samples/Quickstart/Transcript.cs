using System.IO;
using System.Text.RegularExpressions;

namespace OracleCct.Samples;

/// <summary>Writes down who said what to whom, and what was answered.</summary>
internal sealed class Transcript(TextWriter output)
{
    public const string Ebs = "EBS";
    public const string Softphone = "softphone";

    /// <summary>How many messages have been written down.</summary>
    public int Count { get; private set; }

    /// <summary>The text with asterisks for a password.</summary>
    public static string HidePassword(string text) => Regex.Replace(text, "(?<=agentPassword=)[^& ]*", "***");

    public void Scene(string title)
    {
        output.WriteLine($"== {title}");
        output.WriteLine();
    }

    public void Add(string from, string to, string name, HttpExchange exchange)
    {
        Count++;
        output.WriteLine($"{Count,2}  {from} -> {to}: {name}");
        Show(exchange.Request);
        output.WriteLine($"    {to} answers");
        Show(exchange.Reply);
        output.WriteLine();
    }

    private void Show(HttpMessage message)
    {
        output.WriteLine($"      {HidePassword(message.StartLine)}");
        foreach (string element in Regex.Split(message.Body, "(?<=>)(?=<)"))
        {
            if (element.Length > 0)
            {
                output.WriteLine($"      {element}");
            }
        }
    }
}
