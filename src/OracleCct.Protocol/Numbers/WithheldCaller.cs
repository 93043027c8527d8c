namespace OracleCct.Protocol;

/// <summary>Specifies what is sent for a caller who withholds the number, or whose number contains other characters than digits and separators.</summary>
public enum WithheldCaller
{
    /// <summary>
    /// No number: EBS searches by the other keys, or opens an empty form. A number that is left out because of its characters is reported as the warning
    /// <c>CCT128</c>.
    /// </summary>
    Omit,

    /// <summary>The number in <see cref="CallerNumberPolicy.FixedNumber"/>, for example of a record for unknown callers.</summary>
    FixedNumber,

    /// <summary>No number, and the pop has the error <c>CCT112</c>: by default it is not sent.</summary>
    Fail,
}
