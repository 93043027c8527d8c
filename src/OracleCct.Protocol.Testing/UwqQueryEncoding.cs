namespace OracleCct.Protocol.Testing;

/// <summary>
/// Specifies how the simulator encodes the values of a callout in its query string. It is unknown which encoding EBS uses, so a softphone should understand all
/// of them.
/// </summary>
public enum UwqQueryEncoding
{
    /// <summary>
    /// Like <c>java.net.URLEncoder</c>: a space is <c>+</c>, a plus is <c>%2B</c>, and every other character that is not a letter, a digit or one of
    /// <c>.-*_</c> is percent-encoded UTF-8.
    /// </summary>
    JavaUrlEncoder,

    /// <summary>Percent-encoded UTF-8 throughout: a space is <c>%20</c>.</summary>
    Percent,

    /// <summary>
    /// Values stay as they are, so a plus is a plus. Only characters that would break the request line are percent-encoded: spaces, control characters,
    /// <c>#</c> and characters beyond ASCII.
    /// </summary>
    None,
}
