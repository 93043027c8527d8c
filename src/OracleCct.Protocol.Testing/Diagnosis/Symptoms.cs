using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Gathers what is found in one text: of each kind the first place, and how many.</summary>
internal sealed class Symptoms(string text)
{
    private readonly SortedDictionary<CctDiagnosisKind, (int Offset, int Count)> _found = [];

    /// <summary>Whether the text is taken for a callout's, and not for a document.</summary>
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
            CctDiagnosisKind.Empty => ("There is no text.", "Look at what should have made it."),
            CctDiagnosisKind.TooLong => ("The text is too long to be a message, and was not looked at.", "Look at what was put into it."),
            CctDiagnosisKind.Html => (
                "This is a web page and no message.", "Look whom the request reached: a proxy, a sign-in page and a web server answer so."),
            CctDiagnosisKind.Utf16WithoutMark => (
                "Every other character is a NUL: this is UTF-16, read one byte at a time because nothing at its start says so.", "Write it as ASCII or UTF-8, or put the byte order mark in front."),
            CctDiagnosisKind.DocumentType => ("The document declares a document type, which is never read.", "Take the declaration out."),
            CctDiagnosisKind.MisplacedDeclaration => (
                "The XML declaration (<?xml) does not stand at the very start.", "Take out all that stands before it: not even a blank or a line break may."),
            CctDiagnosisKind.TypographicQuotes when error is { Kind: ProtocolErrorKind.InvalidEncoding } => (
                FormattableString.Invariant($"A typographic quotation mark (U+{(int)text[offset]:X4}) stands here as a byte of windows-1252, which the document's encoding does not have."),
                "Replace each by a straight one (\"), and save the document as UTF-8."),
            CctDiagnosisKind.TypographicQuotes => (
                FormattableString.Invariant($"A typographic quotation mark (U+{(int)text[offset]:X4}) stands where a straight one must, as in text that was copied from a web page or a word processor."),
                "Replace each by a straight one (\")."),
            CctDiagnosisKind.OddBlank when IsQuery => (
                "A blank or an invisible mark stands before or behind a name or value of the query, and is taken for a piece of it.", "Take it out."),
            CctDiagnosisKind.OddBlank => (
                FormattableString.Invariant($"A no-break space, another Unicode blank or an invisible mark (U+{(int)text[offset]:X4}) stands in the markup, where only a plain blank may, as in text that was copied from a web page."),
                "Replace each by a plain space, or take it out."),
            CctDiagnosisKind.UnfilledTemplate => ("A placeholder of the example or template was not replaced.", "Put the value in its place."),
            CctDiagnosisKind.OptionalBrackets => (
                "A square bracket stands around an element: in the example it says that the line is optional.", "Take the brackets out, and the lines that are not needed."),
            CctDiagnosisKind.UnescapedAmpersand => ("An ampersand is not escaped.", "Write &amp; in its place, or let a formatter write the document."),
            CctDiagnosisKind.EscapedAmpersand => ("An ampersand of the query string is escaped as in XML.", "Write & in its place: only a page's source has it escaped."),
            CctDiagnosisKind.UnescapedLessThan => ("A less-than sign in a value or text is not escaped.", "Write &lt; in its place, or let a formatter write the document."),
            CctDiagnosisKind.UnescapedQuote => (
                "A quote stands inside a value and ends it too early.", "Take it out, because EBS's forms do not bear a double quote, or write &quot; or &apos; in its place."),
            CctDiagnosisKind.EscapedDocument => (
                "The document's own markup is escaped, as in a page's source or where it was escaped twice.", "Write < and > around the elements' names, and escape only what stands in values."),
            CctDiagnosisKind.InvalidCharacter => (
                "A character stands here, itself or as a reference, that XML does not have.", "Take it out: control characters and halves of surrogate pairs cannot be sent."),
            CctDiagnosisKind.MissingEquals => ("A name has no equals sign behind it.", "Put = between name and value."),
            CctDiagnosisKind.MissingQuotes when text[offset] == '\\' => ("A backslash stands before a quote, as in a program's source code.", "Take out the backslashes, and leave the quotes."),
            CctDiagnosisKind.MissingQuotes => ("A value does not stand between two quotes.", "Put a straight quote (\") on each side of it."),
            CctDiagnosisKind.MissingAttribute => (
                "An event has no name, or a data element lacks name or value.", "Write event with name=\"...\", and data with name=\"...\" and value=\"...\", all in lower case."),
            CctDiagnosisKind.UnknownElement => (
                "An element stands here that the protocol does not have, or has in another case or place.", "Write CCTSDK around all, event in it, and data in that, with exactly this case."),
            CctDiagnosisKind.SecondRoot => ("A second document follows the first.", "Send one document at a time, with one event."),
            CctDiagnosisKind.StrayText => ("Text stands where only elements may.", "Put it into the value of a data element, or take it out."),
            CctDiagnosisKind.Unbalanced => (
                "An element does not end, or one ends that has not begun: the text may have been cut off.", "Look whether all of it has arrived, and that each element has its end."),
            _ => (error?.Message ?? "The text does not read.", "Compare it with the examples of the protocol."),
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
