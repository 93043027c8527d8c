using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Tool;

internal delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>An option whose text stands for something. Its help shows the default as it would be typed, and its errors repeat no value.</summary>
internal sealed class ParsedOption<T> : Option<string>
{
    private readonly TryParse<T> _parse;

    public ParsedOption(string name, string helpName, string description, string expectation, TryParse<T> parse, string? defaultText = null)
        : base(name)
    {
        _parse = parse;
        HelpName = helpName;
        Description = description;
        if (defaultText is not null)
        {
            DefaultValueFactory = _ => defaultText;
        }

        Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (!parse(token.Value, out _))
                {
                    result.AddError($"{name} takes {expectation}.");
                }
            }
        });
    }

    /// <summary>The value, or the default; null when there is neither.</summary>
    public T? Read(ParseResult parsed) => parsed.GetValue(this) is { } text && _parse(text, out T? value) ? value : default;
}
