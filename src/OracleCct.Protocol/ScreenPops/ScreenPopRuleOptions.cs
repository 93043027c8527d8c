using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Specifies what to do with the findings of <see cref="ScreenPopRules"/>.</summary>
public enum ScreenPopRuleMode
{
    /// <summary>Do not check.</summary>
    Off,

    /// <summary>Report findings, and send the pop.</summary>
    Report,

    /// <summary>Report findings, and do not send a pop with an error. Which errors count depends on <see cref="ScreenPopRuleOptions.Forms"/>.</summary>
    Refuse,
}

/// <summary>Specifies how screen pops are checked before they are sent.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ScreenPopRuleOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public ScreenPopRuleOptions()
    {
    }

    /// <summary>Initializes options, for languages without <c>init</c> properties. For each parameter, <see langword="null"/> keeps the default.</summary>
    /// <param name="forms">The value of <see cref="Forms"/>.</param>
    /// <param name="mode">The value of <see cref="Mode"/>.</param>
    /// <param name="switchedOff">The value of <see cref="SwitchedOff"/>.</param>
    /// <param name="callerNumber">The value of <see cref="CallerNumber"/>.</param>
    /// <exception cref="ArgumentException">A value is not valid; the property says which values are.</exception>
    public ScreenPopRuleOptions(
        EbsForms? forms = null, ScreenPopRuleMode? mode = null, IReadOnlyList<string>? switchedOff = null, CallerNumberPolicy? callerNumber = null)
    {
        Forms = forms;
        Mode = mode ?? Mode;
        SwitchedOff = switchedOff ?? SwitchedOff;
        CallerNumber = callerNumber ?? CallerNumber;
    }

    /// <summary>Gets the forms that pops may open at this site.</summary>
    /// <value>
    /// Null by default: the forms are not known. Pops are then checked for all four, and an error refuses a pop only if it fails in every form or endangers EBS
    /// (<see cref="ScreenPopFinding.IsUniversal"/>). When forms are named, each error in one of them refuses the pop, and the other forms are not checked.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is <see cref="EbsForms.None"/>, or not a valid combination.</exception>
    public EbsForms? Forms { get; init => field = value is { } forms ? EbsFormNames.Named(forms, nameof(value)) : null; }

    /// <summary>Gets what to do with the findings.</summary>
    /// <value><see cref="ScreenPopRuleMode.Refuse"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public ScreenPopRuleMode Mode { get; init => field = Check.Defined(value); } = ScreenPopRuleMode.Refuse;

    /// <summary>Gets the codes of the rules that are switched off, such as <c>CCT126</c>.</summary>
    /// <value>Empty by default; never null. Sorted by code, each code once, so that two sets of the same codes are equal.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A code is not in <see cref="ScreenPopRules.All"/>.</exception>
    public IReadOnlyList<string> SwitchedOff
    {
        get;
        init
        {
            _ = value ?? throw new ArgumentNullException(nameof(value));
            field = value.All(code => code is not null && ScreenPopRules.Has(code))
                ? new ValueList<string>(value.Distinct(StringComparer.Ordinal).OrderBy(code => code, StringComparer.Ordinal))
                : throw new ArgumentException("A code is not that of a rule. Use codes of ScreenPopRules.All, such as CCT126.", nameof(value));
        }
    }

    = new ValueList<string>([]);

    /// <summary>Gets how the caller's number is rewritten before the pop is checked, whatever <see cref="Mode"/> is.</summary>
    /// <value>The default policy: digits alone. Never null; <see cref="CallerNumberForm.Unchanged"/> disables it.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The policy lacks what its form of numbers needs.</exception>
    public CallerNumberPolicy CallerNumber
    {
        get;
        init
        {
            _ = value ?? throw new ArgumentNullException(nameof(value));
            field = value.Lacks is { } lacking ? throw new ArgumentException(lacking, nameof(value)) : value;
        }
    }

    = new();

    internal static ScreenPopRuleOptions Default { get; } = new();
}
