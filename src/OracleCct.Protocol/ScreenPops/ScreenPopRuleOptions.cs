using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>What to do with the findings of <see cref="ScreenPopRules"/>.</summary>
public enum ScreenPopRuleMode
{
    /// <summary>Do not check.</summary>
    Off,

    /// <summary>Report what is found, and send.</summary>
    Report,

    /// <summary>Report warnings and send; do not send when there is an error.</summary>
    Refuse,
}

/// <summary>How screen pops are checked before they are sent.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ScreenPopRuleOptions
{
    /// <summary>The forms that pops may open at this site.</summary>
    /// <value><see cref="EbsForms.All"/> by default; <see cref="EbsForms.None"/> stands for it, too.</value>
    public EbsForms Forms { get; init; } = EbsForms.All;

    /// <summary>What to do with what is found.</summary>
    /// <value><see cref="ScreenPopRuleMode.Refuse"/> by default.</value>
    public ScreenPopRuleMode Mode { get; init; } = ScreenPopRuleMode.Refuse;

    /// <summary>The codes of the rules that do not count, such as <c>CCT126</c>.</summary>
    /// <value>Empty by default; never null. In the order of their codes, each once, so that two sets of the same codes are equal.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A code is none of <see cref="ScreenPopRules.All"/>.</exception>
    public IReadOnlyList<string> SwitchedOff
    {
        get;
        init
        {
            _ = value ?? throw new ArgumentNullException(nameof(value));
            field = value.All(code => code is not null && ScreenPopRules.Has(code))
                ? new ValueList<string>(value.Distinct(StringComparer.Ordinal).OrderBy(code => code, StringComparer.Ordinal))
                : throw new ArgumentException("A rule's code is CCT and three digits, and one of ScreenPopRules.All.", nameof(value));
        }
    }

    = new ValueList<string>([]);

    /// <summary>How the caller's number is rewritten first. Null: not at all.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">The policy lacks what its form of numbers needs.</exception>
    public CallerNumberPolicy? CallerNumber
    {
        get;
        init
        {
            if (value?.Lacks is { } lacking)
            {
                throw new ArgumentException(lacking, nameof(value));
            }

            field = value;
        }
    }

    internal static ScreenPopRuleOptions Default { get; } = new();
}
