using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>A screen pop as the rules look at it: its pairs in the order of the wire, and the forms that matter.</summary>
internal sealed class CheckedPop(ScreenPopEvent screenPop, EbsForms forms, bool lacksNumber)
{
    // Longer ones are no names that somebody has typed.
    private const int LongestShownName = 40;
    private const int MostShownDigits = 4;

    public EbsForms Forms { get; } = EbsFormNames.OrAll(forms);

    public IReadOnlyList<WireField> Pairs { get; } = PairsOf(screenPop);

    /// <summary>Whether the caller-number policy asks for a number that this caller does not have.</summary>
    public bool LacksNumber { get; } = lacksNumber;

    /// <summary>The pairs whose keys are known, with those of the forms that know them so spelled.</summary>
    public IEnumerable<(ScreenPopKey Key, EbsForms Forms, string Value)> Known =>
        from pair in Pairs
        let known = ScreenPopKeys.Resolve(pair.Name)
        where known.Key is not null && (known.Forms & Forms) != 0
        select (known.Key, known.Forms & Forms, pair.Value);

    public static IReadOnlyList<WireField> PairsOf(ScreenPopEvent screenPop)
    {
        var pairs = new List<WireField>();
        MessageShape<CctEvent> shape = ScreenPopEvent.WireShape;
        for (int i = 0; i < shape.Fields.Length; i++)
        {
            if (screenPop.ValueOf(i) is { } value)
            {
                pairs.Add(new(shape.Fields[i].Name, value));
            }
        }

        pairs.AddRange(screenPop.ExtraFields);
        return pairs;
    }

    public static int LengthOf(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>Oracle's own numbers have 38 digits. Signs, points and blanks, of which it takes some, are nothing that a phone system should count on.</summary>
    public static bool IsNumber(string value) => value.Length is > 0 and <= 38 && IsDigits(value);

    public static bool IsDigits(string value) => value.All(c => c is >= '0' and <= '9');

    public static bool IsEmpty(string value) => value.Trim(' ').Length == 0;

    /// <summary>A name for a finding. Null where it does not look like one: a caller's number or name may have got there by mistake.</summary>
    public static string? Shown(string name)
    {
        if (ScreenPopKeys.Find(name) is not null)
        {
            return name;
        }

        bool isName = name.Length is > 0 and <= LongestShownName
            && name[0] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')
            && name.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            && name.Count(c => c is >= '0' and <= '9') <= MostShownDigits;
        return isName ? name : null;
    }

    /// <summary>A name for a sentence.</summary>
    public static string Named(string name) => Shown(name) ?? "A pair whose name is no key";
}
