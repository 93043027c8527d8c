using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Explains in plain words why a document or a query string cannot be read, and where.</summary>
/// <remarks>
/// <para>For tools, tests and support logs. The <see cref="ProtocolError"/> of a formatter says what it could not read; the doctor says which mistake was
/// probably made.</para>
/// <para>It reads at most as much as the formatters do by default, and takes time in proportion to the text. Safe to use from several threads.</para>
/// </remarks>
public static class CctDoctor
{
    private const string FunctionName = "FunctionName";

    private static readonly string[] DocumentStarts = ["<CCTSDK", "<event", "<data", "<html", "<!DOCTYPE", "<?xml", "<body", "<head"];
    private static readonly string[] EscapedStarts = ["&lt;", "%3C"];

    /// <summary>Examines a CCTSDK document or a callout's query string, and detects which of the two the text is.</summary>
    /// <param name="text">The text. Null is treated as empty.</param>
    /// <returns>
    /// The mistakes in the order of the text; never null. A text that cannot be read has at least one. A text that can be read has none, except perhaps an
    /// <see cref="CctDiagnosisKind.UnfilledTemplate"/>.
    /// </returns>
    public static IReadOnlyList<CctDiagnosis> Examine(string? text)
    {
        text ??= "";
        var symptoms = new Symptoms(text);
        ProtocolError? error = Examine(text, symptoms);
        if (error is not null && !symptoms.Any)
        {
            symptoms.Add(CctDiagnosisKind.Other, error.Offset);
        }

        return symptoms.ToDiagnoses(error);
    }

    /// <summary>Examines the bytes of a CCTSDK document, in any encoding.</summary>
    /// <param name="bytes">The document.</param>
    /// <returns>
    /// The same as the other overload. Places are counted in the decoded text, in which each byte that cannot be decoded counts as one character.
    /// </returns>
    public static IReadOnlyList<CctDiagnosis> Examine(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > new CctXmlOptions().MaxLength)
        {
            var tooLong = new Symptoms("");
            tooLong.Add(CctDiagnosisKind.TooLong, 0);
            return tooLong.ToDiagnoses(null);
        }

        if (XmlBytes.Decode(bytes, out string text) is null)
        {
            return Examine(text);
        }

        _ = CctXmlFormatter.Default.TryRead(bytes, out _, out ProtocolError? error);
        return ExamineUndecodable(bytes, error!);
    }

    private static IReadOnlyList<CctDiagnosis> ExamineUndecodable(ReadOnlySpan<byte> bytes, ProtocolError error)
    {
        string text = LenientUtf8.Decode(bytes);
        int offset = Math.Min(LenientUtf8.Decode(bytes.Slice(0, error.Offset)).Length, text.Length);
        var symptoms = new Symptoms(text);
        bool isWide = bytes.IndexOf((byte)0) >= 0;
        if (!isWide)
        {
            _ = Examine(text, symptoms);
        }

        if (symptoms.Has(CctDiagnosisKind.Html))
        {
            return symptoms.ToDiagnoses(error);
        }

        bool isQuote = !isWide && offset < text.Length && Array.IndexOf(LenientUtf8.Quotes, text[offset]) >= 0;
        if (isQuote && !symptoms.Has(CctDiagnosisKind.TypographicQuotes))
        {
            // They are inside values, where typographic quotes as such are valid.
            for (int i = offset; i >= 0; i = text.IndexOfAny(LenientUtf8.Quotes, i + 1))
            {
                symptoms.Add(CctDiagnosisKind.TypographicQuotes, i);
            }
        }
        else if (!isQuote)
        {
            symptoms.Add(CctDiagnosisKind.Other, offset);
        }

        return symptoms.ToDiagnoses(error);
    }

    private static ProtocolError? Examine(string text, Symptoms symptoms)
    {
        string start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool isDocument = IsDocument(start);
        int limit = isDocument ? new CctXmlOptions().MaxLength : new CalloutQueryOptions().MaxLength;
        if (start.Length == 0)
        {
            symptoms.Add(CctDiagnosisKind.Empty, 0);
        }
        else if (text.Count(c => c == '\0') > text.Length / 4)
        {
            symptoms.Add(CctDiagnosisKind.Utf16WithoutMark, text.AsSpan().IndexOf('\0'));
        }
        else if (text.Length > limit)
        {
            symptoms.Add(CctDiagnosisKind.TooLong, 0);
        }
        else
        {
            ProtocolError? error = isDocument ? ExamineDocument(text, symptoms) : ExamineCallout(
                text, text.Length - text.TrimStart(' ', '\t', '\r', '\n').Length, symptoms);
            if (error is null)
            {
                symptoms.KeepOnly(CctDiagnosisKind.UnfilledTemplate);
            }

            return error;
        }

        return null;
    }

    private static bool IsDocument(string start) =>
        (start.Length > 0 && start[0] == '<')
        || (start.StartsWith("HTTP/", StringComparison.Ordinal) && !CalloutQueryFormatter.Default.TryRead(start, out _, out _))
        || (!Contains(start, FunctionName) && Array.Exists(DocumentStarts, one => Contains(start, one)));

    private static ProtocolError? ExamineDocument(string text, Symptoms symptoms)
    {
        bool reads = CctXmlFormatter.Default.TryRead(text, out _, out ProtocolError? error);
        int page = reads ? -1 : WebPage.IndexIn(text);
        if (page >= 0)
        {
            symptoms.Add(CctDiagnosisKind.Html, page);
        }
        else
        {
            new MarkupScan(text, symptoms).Run();
        }

        return error;
    }

    private static ProtocolError? ExamineCallout(string text, int start, Symptoms symptoms)
    {
        bool reads = CalloutQueryFormatter.Default.TryRead(text, out _, out ProtocolError? error);
        symptoms.IsQuery = true;
        if (!reads && Array.Exists(EscapedStarts, one => string.Compare(text, start, one, 0, one.Length, StringComparison.OrdinalIgnoreCase) == 0))
        {
            symptoms.Add(CctDiagnosisKind.EscapedDocument, start);
            return error;
        }

        if (text.AsSpan().IndexOf('=') < 0 && !Contains(text, FunctionName))
        {
            return error;
        }

        int query = text.AsSpan().IndexOf('?') + 1;
        if (query > 0 && OddBlanks.IsOdd(text[start]))
        {
            symptoms.Add(CctDiagnosisKind.OddBlank, start);
        }

        int pieceStart = Math.Max(query, start);
        int end = text.TrimEnd(' ', '\t', '\r', '\n').Length;
        for (int i = 0; i <= text.Length; i++)
        {
            int angled = i < text.Length ? Placeholders.LengthOfAngled(text, i, text.Length) : 0;
            if (angled > 0)
            {
                symptoms.Add(CctDiagnosisKind.UnfilledTemplate, i);
                i += angled - 1;
            }
            else if (i >= query && (i == text.Length || text[i] == '&'))
            {
                ExaminePiece(text, pieceStart, Math.Max(pieceStart, Math.Min(i, end)), error, symptoms);
                pieceStart = i + 1;
            }
        }

        return error;
    }

    private static void ExaminePiece(string text, int start, int end, ProtocolError? error, Symptoms symptoms)
    {
        int equals = text.IndexOf('=', start, end - start);
        if (start > 0 && text[start - 1] == '&' && string.CompareOrdinal(text, start, "amp;", 0, 4) == 0)
        {
            symptoms.Add(CctDiagnosisKind.EscapedAmpersand, start - 1);
        }
        else if (equals < 0 && end > start)
        {
            symptoms.Add(CctDiagnosisKind.MissingEquals, start);
        }

        // A space is a valid part of most values, but not of one that cannot be read.
        int name = OddBlanks.IndexAround(text, start, equals < 0 ? end : equals);
        int blank = name < 0 && equals >= 0 && error?.Offset == equals + 1 ? OddBlanks.IndexAround(text, equals + 1, end) : name;
        if (blank >= 0)
        {
            symptoms.Add(CctDiagnosisKind.OddBlank, blank);
        }

        string value = equals < 0 ? "" : text.Substring(equals + 1, end - equals - 1);
        string unescaped = Uri.UnescapeDataString(value.Replace('+', ' '));
        bool isPlaceholder = Placeholders.IsWholeValue(value) || Placeholders.IsWholeValue(unescaped)
            || (!IsPassword(text, start, equals) && Placeholders.IsInside(unescaped));
        if (value.AsSpan().IndexOf('<') < 0 && isPlaceholder)
        {
            symptoms.Add(CctDiagnosisKind.UnfilledTemplate, equals + 1);
        }
    }

    /// <summary>Indicates whether it is the one value that may contain braces between other characters.</summary>
    private static bool IsPassword(string text, int start, int equals) =>
        equals >= 0 && text.AsSpan(start, equals - start).Trim().Equals("agentPassword".AsSpan(), StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.AsSpan().IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;
}
