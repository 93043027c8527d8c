using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Says in a person's words why a document or a query string does not read, and where.</summary>
/// <remarks>
/// <para>For people at work on an integration: a tool, a test, a support log. The formatters' <see cref="ProtocolError"/> says what they could not read; the doctor says what somebody did to the text.</para>
/// <para>It reads at most as much as the formatters do by default, in time in proportion to that. Safe to use from several threads.</para>
/// </remarks>
public static class CctDoctor
{
    private static readonly string[] DocumentStarts = ["<CCTSDK", "<event", "<data", "<html", "<!DOCTYPE", "<?xml", "<body", "<head"];
    private static readonly string[] PageStarts = ["<html", "<!DOCTYPE html", "<head", "<body", "<title", "<h1", "<p>"];

    /// <summary>Examines a CCTSDK document or a callout's query string; which of the two it is to be, it sees by itself.</summary>
    /// <param name="text">The text. Null is none.</param>
    /// <returns>
    /// What is wrong, in the order of the text; empty when it reads. A text that reads may still have an <see cref="CctDiagnosisKind.UnfilledTemplate"/>. A text that does not read has at least one. Never null.
    /// </returns>
    public static IReadOnlyList<CctDiagnosis> Examine(string? text)
    {
        text ??= "";
        var symptoms = new Symptoms(text);
        string start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool isDocument = start.Length > 0 && (start[0] == '<' || (!Contains(text, CalloutShapes.FunctionNameField) && Array.Exists(DocumentStarts, one => Contains(text, one))));
        int limit = isDocument ? new CctXmlOptions().MaxLength : new CalloutQueryOptions().MaxLength;
        ProtocolError? error = null;
        if (start.Length == 0)
        {
            symptoms.Add(CctDiagnosisKind.Empty, 0);
        }
        else if (text.Count(c => c == '\0') > text.Length / 4)
        {
            symptoms.Add(CctDiagnosisKind.Utf16WithoutMark, Array.IndexOf(text.ToCharArray(), '\0'));
        }
        else if (text.Length > limit)
        {
            symptoms.Add(CctDiagnosisKind.TooLong, 0);
        }
        else
        {
            error = isDocument ? ExamineDocument(text, symptoms) : ExamineCallout(text, symptoms);
        }

        return symptoms.ToDiagnoses(error);
    }

    /// <summary>Examines a CCTSDK document as it came, in whatever encoding.</summary>
    /// <param name="bytes">The document.</param>
    /// <returns>As of the other overload; places are counted in the text that the bytes decode to.</returns>
    public static IReadOnlyList<CctDiagnosis> Examine(ReadOnlySpan<byte> bytes)
    {
        bool isTooLong = bytes.Length > new CctXmlOptions().MaxLength;
        string text = "";
        ProtocolError? error = isTooLong ? null : XmlBytes.Decode(bytes, out text);
        if (!isTooLong && error is null)
        {
            return Examine(text);
        }

        var symptoms = new Symptoms("");
        symptoms.Add(isTooLong ? CctDiagnosisKind.TooLong : CctDiagnosisKind.Other, 0);
        return symptoms.ToDiagnoses(error);
    }

    private static ProtocolError? ExamineDocument(string text, Symptoms symptoms)
    {
        bool reads = CctXmlFormatter.Default.TryRead(text, out _, out ProtocolError? error);
        string start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (!reads && Array.Exists(PageStarts, page => start.StartsWith(page, StringComparison.OrdinalIgnoreCase)))
        {
            symptoms.Add(CctDiagnosisKind.Html, text.Length - start.Length);
            return error;
        }

        new MarkupScan(text, symptoms).Run();
        return Conclude(symptoms, reads, error);
    }

    private static ProtocolError? ExamineCallout(string text, Symptoms symptoms)
    {
        bool reads = CalloutQueryFormatter.Default.TryRead(text, out _, out ProtocolError? error);
        if (text.AsSpan().IndexOf('=') < 0)
        {
            return Conclude(symptoms, reads, error);
        }

        int query = text.AsSpan().IndexOf('?') + 1;
        int pieceStart = query;
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
                ExaminePiece(text, pieceStart, i, symptoms);
                pieceStart = i + 1;
            }
        }

        return Conclude(symptoms, reads, error);
    }

    private static void ExaminePiece(string text, int start, int end, Symptoms symptoms)
    {
        int equals = text.IndexOf('=', start, end - start);
        if (string.CompareOrdinal(text, start, "amp;", 0, 4) == 0)
        {
            symptoms.Add(CctDiagnosisKind.EscapedAmpersand, start - 1);
        }
        else if (equals < 0 && end > start)
        {
            symptoms.Add(CctDiagnosisKind.MissingEquals, start);
        }
        else if (equals >= 0 && Placeholders.IsWholeValue(text, equals + 1, end))
        {
            symptoms.Add(CctDiagnosisKind.UnfilledTemplate, equals + 1);
        }
    }

    private static ProtocolError? Conclude(Symptoms symptoms, bool reads, ProtocolError? error)
    {
        if (reads)
        {
            symptoms.KeepOnly(CctDiagnosisKind.UnfilledTemplate);
        }
        else if (!symptoms.Any)
        {
            symptoms.Add(CctDiagnosisKind.Other, error!.Offset);
        }

        return error;
    }

    private static bool Contains(string text, string part) => text.AsSpan().IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0;
}
