using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace OracleCct.Protocol.Testing;

/// <summary>Examines the value of an attribute, and notes its mistakes.</summary>
internal static class MarkupValue
{
    private static readonly Regex Reference = new(
        @"\G&(?:(?<name>amp|lt|gt|quot|apos)|#x(?<hex>[0-9A-Fa-f]+)|#(?<decimal>[0-9]+));", RegexOptions.CultureInvariant);

    public static void Inspect(string text, int start, int end, char quote, Symptoms symptoms)
    {
        var decoded = new StringBuilder(end - start);
        bool hasMarkup = false;
        for (int i = start; i < end; i++)
        {
            if (text[i] == '<')
            {
                int length = Placeholders.LengthOfAngled(text, i, end);
                symptoms.Add(length > 0 ? CctDiagnosisKind.UnfilledTemplate : CctDiagnosisKind.UnescapedLessThan, i);
                i += Math.Max(length - 1, 0);
                hasMarkup = true;
            }
            else if (text[i] == quote)
            {
                symptoms.Add(CctDiagnosisKind.UnescapedQuote, i);
            }
            else if (text[i] != '&')
            {
                _ = decoded.Append(text[i]);
            }
            else if (Reference.Match(text, i, end - i) is not { Success: true } reference)
            {
                symptoms.Add(CctDiagnosisKind.UnescapedAmpersand, i);
            }
            else if (CharacterOf(reference) is { } character)
            {
                _ = decoded.Append(character);
                i += reference.Length - 1;
            }
            else
            {
                symptoms.Add(CctDiagnosisKind.InvalidCharacter, i);
            }
        }

        string value = decoded.ToString();
        if (!hasMarkup && (Placeholders.IsWholeValue(value) || Placeholders.IsInside(value)))
        {
            symptoms.Add(CctDiagnosisKind.UnfilledTemplate, start);
        }
    }

    /// <summary>Returns the character of a reference; null when it is not valid in XML.</summary>
    private static string? CharacterOf(Match reference)
    {
        if (reference.Groups["name"].Success)
        {
            return reference.Groups["name"].Value switch { "amp" => "&", "lt" => "<", "gt" => ">", "quot" => "\"", _ => "'" };
        }

        bool isHex = reference.Groups["hex"].Success;
        string digits = reference.Groups[isHex ? "hex" : "decimal"].Value;
        bool isNumber = int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code);
        return !isNumber || code is < 0 or > 0x10FFFF || (code <= char.MaxValue && !XmlConvert.IsXmlChar((char)code)) ? null : char.ConvertFromUtf32(code);
    }
}
