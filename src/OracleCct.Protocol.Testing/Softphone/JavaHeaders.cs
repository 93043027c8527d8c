using System.Collections.Generic;

namespace OracleCct.Protocol.Testing;

/// <summary>Provides the headers that <c>HttpURLConnection</c> of Java 8 sends, in its order.</summary>
internal static class JavaHeaders
{
    public static IReadOnlyList<KeyValuePair<string, string>> For(string host) =>
    [
        new("User-Agent", "Java/1.8.0_202"),
        new("Host", host),
        new("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"),
        new("Connection", "keep-alive"),
    ];
}
