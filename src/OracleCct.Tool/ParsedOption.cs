using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Tool;

/// <summary>Parses the text of an option.</summary>
internal delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>Represents an option whose text is parsed into a value. The help shows the default as a user types it. The errors repeat no value.</summary>
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
                    result.AddError($"The value of {name} is not valid. Use {expectation}.");
                }
            }
        });
    }

    /// <summary>Returns the value or the default, or null if there is neither.</summary>
    public T? Read(ParseResult parsed) => parsed.GetValue(this) is { } text && _parse(text, out T? value) ? value : default;
}
