using System;

namespace OracleCct.Protocol;

/// <summary>Recognises what examples and templates have in the place of values.</summary>
internal static class Placeholders
{
    private const int Longest = 60;

    /// <summary>The length of a placeholder in angle brackets that begins here; 0 when there is none.</summary>
    public static int LengthOfAngled(string text, int start, int end)
    {
        if (start >= end || text[start] != '<')
        {
            return 0;
        }

        bool hasLetter = false;
        int last = Math.Min(end, start + Longest);
        for (int i = start + 1; i < last; i++)
        {
            if (text[i] == '>')
            {
                return hasLetter ? i + 1 - start : 0;
            }

            if (!IsWord(text[i]))
            {
                return 0;
            }

            hasLetter |= char.IsLetter(text[i]);
        }

        return 0;
    }

    /// <summary>Whether a whole value is <c>{name}</c>, <c>{{name}}</c>, <c>${name}</c> or a choice such as <c>SR|EVENT</c>.</summary>
    public static bool IsWholeValue(string text, int start, int end)
    {
        while (start < end && text[start] == ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] == ' ')
        {
            end--;
        }

        return IsBraced(text, start, end) || IsChoice(text, start, end);
    }

    private static bool IsBraced(string text, int start, int end)
    {
        if (start < end && text[start] is '$' or '#')
        {
            start++;
        }

        if (end - start is < 3 or > Longest || text[start] != '{' || text[end - 1] != '}')
        {
            return false;
        }

        bool hasLetter = false;
        for (int i = start; i < end; i++)
        {
            if (!IsWord(text[i]) && text[i] is not ('{' or '}'))
            {
                return false;
            }

            hasLetter |= char.IsLetter(text[i]);
        }

        return hasLetter;
    }

    private static bool IsChoice(string text, int start, int end)
    {
        bool hasBar = false;
        if (end - start is < 3 or > Longest || text[start] == '|' || text[end - 1] == '|')
        {
            return false;
        }

        for (int i = start; i < end; i++)
        {
            if (text[i] is not ((>= 'A' and <= 'Z') or '|' or '_'))
            {
                return false;
            }

            hasBar |= text[i] == '|';
        }

        return hasBar;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '\'';
}
