using System;

namespace OracleCct.Protocol.Testing;

/// <summary>What a person, or a program before this one, did to a text.</summary>
public enum CctDiagnosisKind
{
    /// <summary>Nothing of the kinds below: what the formatter says.</summary>
    Other,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>The text is longer than the formatters read by default, and was not looked at.</summary>
    TooLong,

    /// <summary>A web page in place of a message, as a proxy or a sign-in page sends it.</summary>
    Html,

    /// <summary>UTF-16 without a mark at its start, read one byte at a time.</summary>
    Utf16WithoutMark,

    /// <summary>A document type.</summary>
    DocumentType,

    /// <summary>An XML declaration that does not stand at the very start.</summary>
    MisplacedDeclaration,

    /// <summary>Typographic quotation marks in the place of straight ones, as web pages and word processors make them.</summary>
    TypographicQuotes,

    /// <summary>A no-break space, another Unicode blank or an invisible mark in the markup, where only a plain blank may stand, or any blank around a name or value of a query.</summary>
    OddBlank,

    /// <summary>A placeholder of an example or a template that was not replaced, such as <c>&lt;AgentExtnNumber&gt;</c>, <c>{ani}</c>, <c>00${ani}</c>, <c>{0}</c>, <c>%ANI%</c> or <c>SR|OPPORTUNITY</c>, escaped or not.</summary>
    UnfilledTemplate,

    /// <summary>Square brackets that mark optional lines in an example.</summary>
    OptionalBrackets,

    /// <summary>An ampersand in XML that is not escaped.</summary>
    UnescapedAmpersand,

    /// <summary>An ampersand in a query string that is escaped as in XML.</summary>
    EscapedAmpersand,

    /// <summary>A less-than sign in XML that is not escaped.</summary>
    UnescapedLessThan,

    /// <summary>A straight quote inside a value that stands between such quotes, so that the value ends there.</summary>
    UnescapedQuote,

    /// <summary>A whole document whose markup is escaped, as a page's source shows it: <c>&amp;lt;CCTSDK&amp;gt;</c>.</summary>
    EscapedDocument,

    /// <summary>A character that XML does not have, such as a control character, itself or as a reference (<c>&amp;#0;</c>).</summary>
    InvalidCharacter,

    /// <summary>A name without an equals sign behind it.</summary>
    MissingEquals,

    /// <summary>A value without quotes, or with only one.</summary>
    MissingQuotes,

    /// <summary>An <c>event</c> without <c>name</c>, or a <c>data</c> without <c>name</c> or <c>value</c>.</summary>
    MissingAttribute,

    /// <summary>An element that the protocol does not have, or has in another case or another place.</summary>
    UnknownElement,

    /// <summary>A second document behind the first.</summary>
    SecondRoot,

    /// <summary>Text where only elements may stand.</summary>
    StrayText,

    /// <summary>An element that does not end, or the end of one that has not begun: often a text that was cut off.</summary>
    Unbalanced,
}

/// <summary>One thing that is wrong with a text, for the person who has to mend it. It never holds a piece of the text, so it is safe to log.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CctDiagnosis
{
    internal CctDiagnosis(CctDiagnosisKind kind, int offset, int line, int column, int count, string problem, string advice)
    {
        Kind = kind;
        Offset = offset;
        Line = line;
        Column = column;
        Count = count;
        Problem = problem;
        Advice = advice;
    }

    /// <summary>What it is.</summary>
    public CctDiagnosisKind Kind { get; }

    /// <summary>Where it is, or the first of it: counted from 0 in UTF-16 characters of the text.</summary>
    public int Offset { get; }

    /// <summary>The line of <see cref="Offset"/>, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column of <see cref="Offset"/>, counted from 1 in UTF-16 characters.</summary>
    public int Column { get; }

    /// <summary>How many there are of it: at least 1.</summary>
    public int Count { get; }

    /// <summary>What is wrong: one English sentence.</summary>
    public string Problem { get; }

    /// <summary>What to do: one English sentence.</summary>
    public string Advice { get; }

    /// <summary>All of it, on one line, with its place.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Line {Line}, column {Column}: {Problem}{(Count > 1 ? FormattableString.Invariant($" ({Count} in all)") : "")} {Advice}");
}
