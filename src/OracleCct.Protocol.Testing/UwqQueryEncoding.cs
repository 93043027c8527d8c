namespace OracleCct.Protocol.Testing;

/// <summary>How the simulator writes the values of a callout into its query string. Which one EBS uses is unknown, so a softphone should understand all.</summary>
public enum UwqQueryEncoding
{
    /// <summary>As <c>java.net.URLEncoder</c> does: a space is <c>+</c>, a plus is <c>%2B</c>, all else that is not a letter, a digit or one of <c>.-*_</c> is percent-encoded UTF-8.</summary>
    JavaUrlEncoder,

    /// <summary>Percent-encoded UTF-8 throughout: a space is <c>%20</c>.</summary>
    Percent,

    /// <summary>As the values stand, so that a plus is a plus. Only what would break the request line is percent-encoded: blanks, control characters, <c>#</c> and what is not ASCII.</summary>
    None,
}
