using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Collects the mistakes in a text: for each kind, the first place and the number of occurrences.</summary>
internal sealed class Symptoms(string text)
{
    private readonly SortedDictionary<CctDiagnosisKind, (int Offset, int Count)> _found = [];

    /// <summary>Gets or sets whether the text is treated as a callout and not as a document.</summary>
    public bool IsQuery { get; set; }

    public bool Any => _found.Count > 0;

    public void Add(CctDiagnosisKind kind, int offset)
    {
        (int Offset, int Count) before = _found.TryGetValue(kind, out (int, int) found) ? found : (int.MaxValue, 0);
        _found[kind] = (Math.Min(before.Offset, offset), before.Count + 1);
    }

    public bool Has(CctDiagnosisKind kind) => _found.ContainsKey(kind);

    public void KeepOnly(CctDiagnosisKind kind)
    {
        foreach (CctDiagnosisKind other in _found.Keys.Where(one => one != kind).ToArray())
        {
            _ = _found.Remove(other);
        }
    }

    public IReadOnlyList<CctDiagnosis> ToDiagnoses(ProtocolError? error) =>
        new ValueList<CctDiagnosis>(_found.OrderBy(one => one.Value.Offset).Select(one => Diagnose(one.Key, one.Value.Offset, one.Value.Count, error)));

    private CctDiagnosis Diagnose(CctDiagnosisKind kind, int offset, int count, ProtocolError? error)
    {
        (string problem, string advice) = kind switch
        {
            CctDiagnosisKind.Empty => ("There is no text.", "Check the program that should have written it."),
            CctDiagnosisKind.TooLong => ("The text is too long to be a message and was not examined.", "Check what was written into it."),
            CctDiagnosisKind.Html => (
                "This is a web page, not a message.", "Check where the request went: a proxy, a sign-in page or a web server answers like this."),
            CctDiagnosisKind.Utf16WithoutMark => (
                "Every other character is a NUL: this is UTF-16 that was read one byte at a time, because it has no byte order mark.",
                "Write it as ASCII or UTF-8, or add a byte order mark."),
            CctDiagnosisKind.DocumentType => ("The document declares a document type, which is never read.", "Remove the declaration."),
            CctDiagnosisKind.MisplacedDeclaration => (
                "The XML declaration (<?xml) is not at the very start.", "Remove everything before it, including spaces and line breaks."),
            CctDiagnosisKind.TypographicQuotes when error is { Kind: ProtocolErrorKind.InvalidEncoding } => (
                FormattableString.Invariant($"A typographic quotation mark (U+{(int)text[offset]:X4}) is encoded here as a byte of windows-1252, ")
                + "which is not valid in the document's encoding.",
                "Replace each with a straight one (\"), and save the document as UTF-8."),
            CctDiagnosisKind.TypographicQuotes => (
                FormattableString.Invariant($"A typographic quotation mark (U+{(int)text[offset]:X4}) is used where a straight one is required, ")
                + "as in text copied from a web page or a word processor.",
                "Replace each with a straight one (\")."),
            CctDiagnosisKind.OddBlank when IsQuery => (
                "A space or an invisible mark is before or after a name or value of the query, and is read as part of it.", "Remove it."),
            CctDiagnosisKind.OddBlank => (
                FormattableString.Invariant($"A no-break space, another Unicode space or an invisible mark (U+{(int)text[offset]:X4}) is in the markup, ")
                + "where only a plain space is valid, as in text copied from a web page.",
                "Replace each with a plain space, or remove it."),
            CctDiagnosisKind.UnfilledTemplate => ("A placeholder of the example or template was not replaced.", "Replace it with the value."),
            CctDiagnosisKind.OptionalBrackets => (
                "A square bracket encloses an element. In the example, brackets mark optional lines.",
                "Remove the brackets, and the lines that you do not need."),
            CctDiagnosisKind.UnescapedAmpersand => ("An ampersand is not escaped.", "Write &amp; instead, or write the document with a formatter."),
            CctDiagnosisKind.EscapedAmpersand => (
                "An ampersand of the query string is escaped as in XML.",
                "Write & instead. Only the source of a web page escapes it."),
            CctDiagnosisKind.UnescapedLessThan => (
                "A less-than sign in a value or text is not escaped.",
                "Write &lt; instead, or write the document with a formatter."),
            CctDiagnosisKind.UnescapedQuote => (
                "A quote inside a value ends the value too early.", "Remove it, because EBS's forms fail on double quotes, or write &quot; or &apos; instead."),
            CctDiagnosisKind.EscapedDocument => (
                "The markup of the document is escaped, as in the source of a web page, or because it was escaped twice.",
                "Write < and > around the names of elements, and escape only values."),
            CctDiagnosisKind.InvalidCharacter => (
                "A character, literal or as a reference, is not valid in XML.", "Remove it: control characters and halves of surrogate pairs cannot be sent."),
            CctDiagnosisKind.MissingEquals => ("A name is not followed by an equals sign.", "Write = between name and value."),
            CctDiagnosisKind.MissingQuotes when text[offset] == '\\' => (
                "A backslash precedes a quote, as in the source code of a program.",
                "Remove the backslashes, but keep the quotes."),
            CctDiagnosisKind.MissingQuotes => ("A value is not enclosed in quotes.", "Write a straight quote (\") on each side of it."),
            CctDiagnosisKind.MissingAttribute => (
                "An event has no name, or a data element lacks name or value.",
                "Write event with name=\"...\", and data with name=\"...\" and value=\"...\", all in lower case."),
            CctDiagnosisKind.UnknownElement => (
                "An element is not part of the protocol, or is in the wrong case or place.",
                "Write CCTSDK as the outermost element, event inside it, and data inside event, in exactly this case."),
            CctDiagnosisKind.SecondRoot => ("A second document follows the first.", "Send one document at a time, with one event."),
            CctDiagnosisKind.StrayText => ("Text occurs where only elements are valid.", "Move it into the value of a data element, or remove it."),
            CctDiagnosisKind.Unbalanced => (
                "An element has no end, or an end has no element: the text may have been cut off.",
                "Check that the whole text has arrived and that each element has its end."),
            _ => (error?.Message ?? "The text cannot be read.", "Compare it with the examples of the protocol."),
        };

        (int line, int column) = PlaceOf(offset);
        return new(kind, offset, line, column, count, problem, advice);
    }

    private (int Line, int Column) PlaceOf(int offset)
    {
        int line = 1;
        int start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        for (int i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                line++;
                start = i + 1;
            }
        }

        return (line, Math.Max(offset - start, 0) + 1);
    }
}
