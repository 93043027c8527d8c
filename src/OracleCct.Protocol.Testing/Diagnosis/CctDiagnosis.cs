using System;

namespace OracleCct.Protocol.Testing;

/// <summary>Specifies a mistake in a text.</summary>
public enum CctDiagnosisKind
{
    /// <summary>None of the kinds below. The formatter's message says what is wrong.</summary>
    Other,

    /// <summary>The text is empty.</summary>
    Empty,

    /// <summary>The text is longer than the formatters read by default, and was not examined.</summary>
    TooLong,

    /// <summary>A web page instead of a message, for example from a proxy or a sign-in page.</summary>
    Html,

    /// <summary>UTF-16 without a byte order mark, read one byte at a time.</summary>
    Utf16WithoutMark,

    /// <summary>A document type.</summary>
    DocumentType,

    /// <summary>An XML declaration that is not at the very start.</summary>
    MisplacedDeclaration,

    /// <summary>Typographic quotation marks, as in web pages and word processors, instead of straight ones.</summary>
    TypographicQuotes,

    /// <summary>
    /// A no-break space, another Unicode space or an invisible mark in the markup, where only a plain space is valid, or any space around a name or value of a
    /// query.
    /// </summary>
    OddBlank,

    /// <summary>
    /// A placeholder of an example or a template that was not replaced, such as <c>&lt;AgentExtnNumber&gt;</c>, <c>{ani}</c>, <c>00${ani}</c>, <c>{0}</c>,
    /// <c>%ANI%</c> or <c>SR|OPPORTUNITY</c>, escaped or not.
    /// </summary>
    UnfilledTemplate,

    /// <summary>Square brackets that mark optional lines in an example.</summary>
    OptionalBrackets,

    /// <summary>An unescaped ampersand in XML.</summary>
    UnescapedAmpersand,

    /// <summary>An ampersand in a query string that is escaped as in XML.</summary>
    EscapedAmpersand,

    /// <summary>An unescaped less-than sign in XML.</summary>
    UnescapedLessThan,

    /// <summary>A straight quote inside a value that is enclosed in such quotes, so that the value ends there.</summary>
    UnescapedQuote,

    /// <summary>A document whose markup is escaped, as in the source of a web page: <c>&amp;lt;CCTSDK&amp;gt;</c>.</summary>
    EscapedDocument,

    /// <summary>A character that is not valid in XML, such as a control character, literal or as a reference (<c>&amp;#0;</c>).</summary>
    InvalidCharacter,

    /// <summary>A name that is not followed by an equals sign.</summary>
    MissingEquals,

    /// <summary>A value without quotes, or with only one quote.</summary>
    MissingQuotes,

    /// <summary>An <c>event</c> without <c>name</c>, or a <c>data</c> without <c>name</c> or <c>value</c>.</summary>
    MissingAttribute,

    /// <summary>An element that is not part of the protocol, or is in the wrong case or place.</summary>
    UnknownElement,

    /// <summary>A second document after the first.</summary>
    SecondRoot,

    /// <summary>Text where only elements are valid.</summary>
    StrayText,

    /// <summary>An element without an end, or an end without an element, often because the text was cut off.</summary>
    Unbalanced,
}

/// <summary>Represents a mistake in a text, for the person who fixes it. A diagnosis never contains a piece of the text, so it is safe to log.</summary>
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

    /// <summary>Gets the kind of the mistake.</summary>
    public CctDiagnosisKind Kind { get; }

    /// <summary>Gets the place of the first occurrence, counted from 0 in UTF-16 characters of the text.</summary>
    public int Offset { get; }

    /// <summary>Gets the line of <see cref="Offset"/>, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Gets the column of <see cref="Offset"/>, counted from 1 in UTF-16 characters.</summary>
    public int Column { get; }

    /// <summary>Gets the number of occurrences, at least 1.</summary>
    public int Count { get; }

    /// <summary>Gets one English sentence that says what is wrong.</summary>
    public string Problem { get; }

    /// <summary>Gets one English sentence that says what to do.</summary>
    public string Advice { get; }

    /// <summary>Returns the diagnosis on one line, with its place.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Line {Line}, column {Column}: {Problem}{(Count > 1 ? FormattableString.Invariant($" ({Count} in all)") : "")} {Advice}");
}
