using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>Keeps messages and problems in their order. The oldest are forgotten. Not thread-safe.</summary>
internal sealed class Journal(int max)
{
    private readonly Queue<Entry> _entries = new();
    private readonly Queue<UwqProblem> _problems = new();

    public IReadOnlyList<UwqMessage> Messages => [.. _entries.Select(entry => entry.Message)];

    public IReadOnlyList<UwqProblem> Problems => [.. _problems];

    public Entry Add(UwqMessage message)
    {
        var entry = new Entry(message);
        _entries.Enqueue(entry);
        if (_entries.Count > max)
        {
            _ = _entries.Dequeue();
        }

        return entry;
    }

    public void Report(IEnumerable<UwqProblem> problems)
    {
        foreach (UwqProblem problem in problems)
        {
            _problems.Enqueue(problem);
            if (_problems.Count > max)
            {
                _ = _problems.Dequeue();
            }
        }
    }

    public static string Print(IReadOnlyList<UwqMessage> messages)
    {
        var text = new StringBuilder();
        foreach (UwqMessage message in messages)
        {
            _ = text.Append(message).Append('\n');
            if (message.Text.Length > 0)
            {
                _ = text.Append("    ").Append(Indented(message.Text)).Append('\n');
            }

            foreach (UwqProblem problem in message.Problems)
            {
                _ = text.Append("    ! ").Append(problem).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Indented(string text) => string.Join("\n    ", text.Split('\n').Select(line => Printable.Of(line.TrimEnd('\r'))));

    /// <summary>Holds a message, which is replaced when its reply arrives.</summary>
    internal sealed class Entry(UwqMessage message)
    {
        public UwqMessage Message { get; set; } = message;
    }
}
