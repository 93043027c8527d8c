using System;
using System.Collections.Generic;
using System.Text;
using System.Xml;

namespace OracleCct.Protocol.Testing;

/// <summary>
/// Scans text that should be XML, continues where a parser must stop, and notes the mistakes. Each character is read a bounded number of times.
/// </summary>
internal sealed class MarkupScan(string text, Symptoms symptoms)
{
    private const string Root = "CCTSDK";

    private static readonly string[] Elements = [Root, "event", "data"];

    private readonly Stack<string> _open = new();
    private readonly Dictionary<char, int> _unclosed = [];
    private readonly List<int> _misplaced = [];
    private readonly int _start = StartOf(text);
    private int _at = StartOf(text);
    private bool _hadRoot;
    private int _unbalanced = -1;

    public void Run()
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsXmlCharacter(i))
            {
                symptoms.Add(CctDiagnosisKind.InvalidCharacter, i);
            }
        }

        bool inStrayText = false;
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '<')
            {
                inStrayText = false;
                Markup();
                continue;
            }

            if (c is '[' or ']')
            {
                symptoms.Add(CctDiagnosisKind.OptionalBrackets, _at);
                inStrayText = false;
            }
            else if (OddBlanks.IsOdd(c) && !inStrayText)
            {
                symptoms.Add(CctDiagnosisKind.OddBlank, _at);
            }
            else if (!IsBlank(c) && !inStrayText && IsXmlCharacter(_at))
            {
                symptoms.Add(CctDiagnosisKind.StrayText, _at);
                inStrayText = true;
            }

            _at++;
        }

        if (_open.Count > 0 && _unbalanced < 0)
        {
            _unbalanced = text.Length;
        }

        // Where an element does not end, those behind it only seem to stand in it.
        if (_unbalanced < 0)
        {
            _misplaced.ForEach(place => symptoms.Add(CctDiagnosisKind.UnknownElement, place));
        }

        // Whatever else is wrong brings the ends of elements into disorder, too.
        if (!symptoms.Any && _unbalanced >= 0)
        {
            symptoms.Add(CctDiagnosisKind.Unbalanced, _unbalanced);
        }
    }

    private void Markup()
    {
        if (At("<!--"))
        {
            SkipBehind("-->");
        }
        else if (At("<![CDATA["))
        {
            symptoms.Add(CctDiagnosisKind.StrayText, _at);
            SkipBehind("]]>");
        }
        else if (At("<?"))
        {
            Instruction();
        }
        else if (At("<!"))
        {
            symptoms.Add(CctDiagnosisKind.DocumentType, _at);
            SkipBehind(">");
        }
        else if (At("</"))
        {
            EndTag();
        }
        else if (_at + 1 < text.Length && (char.IsLetter(text[_at + 1]) || text[_at + 1] == '_'))
        {
            StartTag();
        }
        else
        {
            symptoms.Add(CctDiagnosisKind.UnescapedLessThan, _at);
            _at++;
        }
    }

    private void Instruction()
    {
        int start = _at;
        bool isDeclaration = At("<?xml") && start + 5 < text.Length && (IsBlank(text[start + 5]) || text[start + 5] == '?');
        SkipBehind("?>");
        if (!isDeclaration)
        {
            return;
        }

        // What is said of text before it, or of a second document, says where the declaration belongs, too.
        if (start != _start && !_hadRoot && !symptoms.Has(CctDiagnosisKind.StrayText))
        {
            symptoms.Add(CctDiagnosisKind.MisplacedDeclaration, start);
        }

        for (int i = start; i < _at && text[i] != '>'; i++)
        {
            if (IsTypographic(text[i]))
            {
                symptoms.Add(CctDiagnosisKind.TypographicQuotes, i);
            }
            else if (OddBlanks.IsOdd(text[i]))
            {
                symptoms.Add(CctDiagnosisKind.OddBlank, i);
            }
        }
    }

    private void EndTag()
    {
        int start = _at;
        _at += 2;
        string name = ReadName();
        if (_open.Count > 0 && string.Equals(_open.Peek(), name, StringComparison.Ordinal))
        {
            _ = _open.Pop();
        }
        else if (_unbalanced < 0)
        {
            _unbalanced = start;
        }

        SkipBlanks();
        while (_at < text.Length && text[_at] != '<' && text[_at++] != '>')
        {
        }
    }

    private void StartTag()
    {
        int start = _at++;
        string name = ReadName();
        int place = Array.IndexOf(Elements, name);
        bool isOutermost = _open.Count == 0;
        if (isOutermost && _hadRoot && place >= 0)
        {
            symptoms.Add(CctDiagnosisKind.SecondRoot, start);
        }
        else if (place < 0 || (isOutermost && place != 0))
        {
            symptoms.Add(CctDiagnosisKind.UnknownElement, start);
        }

        // In an element that is unknown itself no place is wrong.
        bool isMisplaced = place >= 0 && !isOutermost && Array.IndexOf(Elements, _open.Peek()) is >= 0 and var parent && place != parent + 1;
        if (isMisplaced)
        {
            _misplaced.Add(start);
        }

        _hadRoot = true;
        var attributes = new HashSet<string>(StringComparer.Ordinal);
        bool isEmpty = Attributes(attributes);
        if (!isMisplaced && ((place >= 1 && !attributes.Contains("name")) || (place == 2 && !attributes.Contains("value"))))
        {
            symptoms.Add(CctDiagnosisKind.MissingAttribute, start);
        }

        if (!isEmpty)
        {
            _open.Push(name);
        }
    }

    /// <summary>Goes behind the tag; true when it is the tag of an empty element.</summary>
    private bool Attributes(HashSet<string> names)
    {
        while (true)
        {
            SkipBlanks();
            if (_at >= text.Length || text[_at] == '<')
            {
                _unbalanced = _unbalanced < 0 ? _at : _unbalanced;
                return false;
            }

            if (text[_at] == '>')
            {
                _at++;
                return false;
            }

            if (At("/>"))
            {
                _at += 2;
                return true;
            }

            int start = _at;
            string name = ReadName();
            if (_at == start)
            {
                // Of a value without a name the name is missed when the tag ends.
                if (IsQuote(text[_at]))
                {
                    Value(isNamed: false);
                }
                else
                {
                    _at++;
                }

                continue;
            }

            _ = names.Add(name);
            SkipBlanks();
            if (_at < text.Length && text[_at] == '=')
            {
                _at++;
                SkipBlanks();
            }
            else
            {
                symptoms.Add(CctDiagnosisKind.MissingEquals, start);
                if (_at >= text.Length || !IsQuote(text[_at]))
                {
                    continue;
                }
            }

            Value(isNamed: true);
        }
    }

    private void Value(bool isNamed)
    {
        if (_at >= text.Length)
        {
            return;
        }

        int start = _at;
        char open = text[_at];
        if (!IsQuote(open))
        {
            symptoms.Add(CctDiagnosisKind.MissingQuotes, start);
            if (EscapedValueEnd() is > 0 and var behind)
            {
                _at = behind;
                return;
            }

            _at += Placeholders.LengthOfAngled(text, start, text.Length);
            while (_at < text.Length && !IsBlank(text[_at]) && text[_at] is not ('>' or '<') && !At("/>"))
            {
                _at++;
            }

            MarkupValue.Inspect(text, start, _at, '\0', symptoms);
            return;
        }

        int end = FindEnd(start, open, isNamed);
        if (IsTypographic(open))
        {
            symptoms.Add(CctDiagnosisKind.TypographicQuotes, start);
        }

        if (end < 0)
        {
            symptoms.Add(CctDiagnosisKind.MissingQuotes, start);
            _at = start + 1;
            while (_at < text.Length && !IsBlank(text[_at]) && text[_at] is not ('>' or '<') && !At("/>"))
            {
                _at++;
            }

            return;
        }

        if (IsTypographic(text[end]))
        {
            symptoms.Add(CctDiagnosisKind.TypographicQuotes, end);
        }

        MarkupValue.Inspect(text, start + 1, end, open, symptoms);
        _at = end + 1;
    }

    /// <summary>Behind a value between quotes with backslashes, as source code has them; 0 when none begins here.</summary>
    private int EscapedValueEnd()
    {
        if (_at + 1 >= text.Length || text[_at] != '\\' || !IsStraight(text[_at + 1]))
        {
            return 0;
        }

        int end = text.IndexOf(text.Substring(_at, 2), _at + 2, StringComparison.Ordinal);
        return end < 0 ? 0 : end + 2;
    }

    /// <summary>
    /// Where the value's closing quote stands; -1 when there is none. A typographic quote is closed by any. A straight one is closed by its like where a value
    /// may end, and where none is before the tag ends, by a typographic one. A line that begins with a tag is outside every value, and so is the quote that
    /// begins another.
    /// </summary>
    private int FindEnd(int start, char open, bool isNamed)
    {
        // The search for the end of one value would be the same for all that begin before the place where it was given up.
        if (_unclosed.TryGetValue(open, out int unclosed) && start < unclosed)
        {
            return -1;
        }

        int typographic = -1;
        int i;
        for (i = start + 1; i < text.Length; i++)
        {
            char c = text[i];
            if (IsTypographic(open) ? IsQuote(c) && c != '\'' : c == open && (!isNamed || ClosesValue(i)))
            {
                return i;
            }

            if (c == open && (typographic >= 0 || text[i - 1] == '='))
            {
                break;
            }

            if (IsTypographic(c) && typographic < 0 && EndsValue(i + 1))
            {
                typographic = i;
            }

            if (typographic >= 0 && c == '>')
            {
                // Either the tag's end, or still the value's: then a quote follows that may end one.
                int next = text.IndexOf(open, i);
                return next >= 0 && EndsValue(next + 1) ? next : typographic;
            }

            if (c == '\n' && BeginsTag(i + 1))
            {
                break;
            }
        }

        if (typographic < 0)
        {
            _unclosed[open] = i;
        }

        return typographic;
    }

    /// <summary>Whether a straight quote ends a value, and does not stand inside one: then the tag ends behind it, or another attribute begins.</summary>
    private bool ClosesValue(int quote)
    {
        int start = BehindBlanks(quote + 1);
        if (start >= text.Length || text[start] is '>' or '<' || (text[start] is '/' or '?' && start + 1 < text.Length && text[start + 1] == '>'))
        {
            return true;
        }

        int end = BehindName(start);
        if (start > quote + 1 && text.Substring(start, end - start) is "name" or "value")
        {
            return true;
        }

        int equals = BehindBlanks(end);
        int value = BehindBlanks(equals + 1);
        return end > start && equals < text.Length && text[equals] == '=' && value < text.Length && IsQuote(text[value]);
    }

    /// <summary>Whether what follows a quote may follow a value: the tag's end, or a blank.</summary>
    private bool EndsValue(int index) => index >= text.Length || IsBlank(text[index]) || text[index] is '>' or '/';

    private bool BeginsTag(int index)
    {
        while (index < text.Length && (text[index] is ' ' or '\t' || OddBlanks.IsOdd(text[index])))
        {
            index++;
        }

        return index < text.Length && text[index] is '<' or '[';
    }

    private bool IsXmlCharacter(int index) =>
        XmlConvert.IsXmlChar(text[index])
        || (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
        || (index > 0 && char.IsSurrogatePair(text[index - 1], text[index]));

    private string ReadName()
    {
        int start = _at;
        _at = BehindName(start);
        var letters = new StringBuilder(_at - start);
        for (int i = start; i < _at; i++)
        {
            if (OddBlanks.IsInvisible(text[i]))
            {
                symptoms.Add(CctDiagnosisKind.OddBlank, i);
            }
            else
            {
                _ = letters.Append(text[i]);
            }
        }

        string name = letters.ToString();
        return name.Substring(name.AsSpan().IndexOf(':') + 1);
    }

    private int BehindName(int index)
    {
        while (index < text.Length && (!IsBlank(text[index]) || OddBlanks.IsInvisible(text[index])) && !IsQuote(text[index])
            && text[index] is not ('=' or '>' or '<' or '/' or '[' or ']'))
        {
            index++;
        }

        return index;
    }

    private int BehindBlanks(int index)
    {
        while (index < text.Length && IsBlank(text[index]))
        {
            index++;
        }

        return index;
    }

    private bool At(string start) => string.CompareOrdinal(text, _at, start, 0, start.Length) == 0;

    private void SkipBlanks()
    {
        for (; _at < text.Length && IsBlank(text[_at]); _at++)
        {
            if (OddBlanks.IsOdd(text[_at]))
            {
                symptoms.Add(CctDiagnosisKind.OddBlank, _at);
            }
        }
    }

    private void SkipBehind(string end)
    {
        int found = text.IndexOf(end, _at, StringComparison.Ordinal);
        if (found < 0 && _unbalanced < 0)
        {
            _unbalanced = _at;
        }

        _at = found < 0 ? text.Length : found + end.Length;
    }

    private static int StartOf(string text) => text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n' || OddBlanks.IsOdd(c);

    private static bool IsQuote(char c) => IsStraight(c) || IsTypographic(c);

    private static bool IsStraight(char c) => c is '"' or '\'';

    private static bool IsTypographic(char c) =>
        c is (>= '\u2018' and <= '\u201F') or '\u2032' or '\u2033' or '\u00AB' or '\u00BB' or '\u2039' or '\u203A' or '\u00B4' or '`' or '\uFF02';
}
