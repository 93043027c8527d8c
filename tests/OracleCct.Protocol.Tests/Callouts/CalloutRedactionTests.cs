using System;
using System.Linq;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

[Collection(Law.Collection)]
public class CalloutRedactionTests
{
    private const int LongestPiece = 3;

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    [InlineData("/", "/")]
    [InlineData(
        "/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=1234&agentQueue=7700",
        "/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700")]
    [InlineData("FunctionName=Register&ipAddress=127.0.0.1&port=8888", "FunctionName=Register&ipAddress=127.0.0.1&port=8888")]
    [InlineData("?FunctionName=Register&ipAddress=%3A%3A1&port=8888", "?FunctionName=Register&ipAddress=%3A%3A1&port=8888")]
    [InlineData(
        "?FUNCTIONNAME=makecall&TELESETNUMBER=70002&dial%53tring=%2B14155550100", "?FunctionName=MakeCall&telesetNumber=70002&dialString=%2B14155550100")]
    // a plus, and blanks
    [InlineData("?FunctionName=MakeCall&dialString=%2B1+%28415%29\r\n+555-0100", "?FunctionName=MakeCall&dialString=%2B1+%28415%29+555-0100")]
    [InlineData("?FunctionName=MakeCall&dialString=+1(415)555-0100", "?FunctionName=MakeCall&dialString=+1(415)555-0100")]
    [InlineData("HTTP://localhost:3107/?FunctionName=CheckStatus", "http://localhost:3107/?FunctionName=CheckStatus")]
    [InlineData("https://[::1]:3107/?FunctionName=CheckStatus", "https://[::1]:3107/?FunctionName=CheckStatus")]
    [InlineData("http://localhost?FunctionName=CheckStatus", "http://localhost?FunctionName=CheckStatus")]
    [InlineData(" \r\n/?FunctionName=Hold \t", "/?FunctionName=Hold")]
    [InlineData("?FunctionName&agentID", "?FunctionName&agentID")]
    [InlineData("?FunctionName=&agentID=", "?FunctionName=&agentID=")]
    public void What_is_harmless_is_shown(string? text, string shown) => Assert.Equal(shown, Redact(text));

    [Theory]
    [InlineData("?agentPassword=s3cret", "?agentPassword=***")]
    [InlineData("?AGENTPASSWORD=s3cret", "?agentPassword=***")]
    [InlineData("?%61gentPassword=s3cret", "?agentPassword=***")]
    [InlineData("?%61%67%65%6E%74%50%61%73%73%77%6F%72%64=s3cret", "?agentPassword=***")]
    [InlineData("?agentPa\r\nssword=s3cret", "?agentPassword=***")]
    [InlineData("?agentPassword=s3=cret", "?agentPassword=***")]
    [InlineData("?agentPassword=s3&cret", "?agentPassword=***&***")]
    [InlineData("?agentPassword=s3&cret=1", "?agentPassword=***&***=***")]
    [InlineData("?agentPassword=s3#cret?x+y%zz", "?agentPassword=***")]
    [InlineData("?pin=1234", "?***=***")]
    [InlineData("?agentID=7001;agentPassword=s3cret", "?agentID=***")]
    [InlineData("?agentID=7001,s3cret", "?agentID=***")]
    [InlineData("?agentID=7001%3Bpw%3Ds3cret", "?agentID=***")]
    [InlineData("?agentID=7001%253Bs3cret", "?agentID=***")]
    [InlineData("?agentID=7001.agentPassword.s3cret", "?agentID=***")]
    [InlineData("?agentQueue=S\u00FCd", "?agentQueue=***")]
    [InlineData("?port=8888s3cret", "?port=***")]
    [InlineData("?agentID=7001&agentPassword=x&agentID=s3cret", "?agentID=***&agentPassword=***&agentID=***")]
    [InlineData("?FunctionName=Login&FunctionName=s3cret", "?FunctionName=***&FunctionName=***")]
    [InlineData("?FunctionName=Login;agentPassword=s3cret", "?FunctionName=Login…")]
    [InlineData("?FunctionName=Login%26agentPassword%3Ds3cret", "?FunctionName=Login…")]
    [InlineData("?FunctionName=Login.agentPassword.s3cret", "?FunctionName=***")]
    [InlineData("?FunctionName=;s3cret", "?FunctionName=***")]
    [InlineData("/Login/7001/s3cret", "/***")]
    [InlineData("/FunctionName=Login&agentPassword=s3cret", "/***")]
    [InlineData("/s3cret?FunctionName=Login", "/***?FunctionName=Login")]
    [InlineData("http://localhost:3107/s3cret", "http://localhost:3107/***")]
    [InlineData("http://localhost:3107#s3cret", "http://localhost:3107/***")]
    [InlineData("http://7001:s3cret@localhost:3107/?FunctionName=Login", "http://***@localhost:3107/?FunctionName=Login")]
    [InlineData("http://7001:s3@cret@localhost/", "http://***@localhost/")]
    [InlineData("http://7001:1234/x@localhost/", "http://***/***")]
    [InlineData("http://7001:1234?x@localhost/?FunctionName=Login", "http://***?***=***")]
    [InlineData("http://localhost:s3cret/", "http://***/")]
    [InlineData("http://localhost:123456/", "http://***/")]
    [InlineData("http://localhost:3107&agentPassword=s3cret", "http://***")]
    [InlineData("http://s3cret word/", "http://***/")]
    [InlineData("localhost:3107/?agentPassword=s3cret", "***=***")]
    [InlineData("GET /?FunctionName=Login&agentPassword=s3cret HTTP/1.1", "***=***&agentPassword=***")]
    public void What_may_be_a_password_is_not(string text, string shown) => Assert.Equal(shown, Redact(text));

    [Fact]
    public void A_long_text_is_cut()
    {
        Assert.Equal(string.Join("&", Enumerable.Repeat("***", 40)) + "&…", Redact(string.Join("&", Enumerable.Repeat("x", 41))));
        Assert.Equal(string.Join("&", Enumerable.Repeat("***", 40)), Redact(string.Join("&", Enumerable.Repeat("x", 40))));
        Assert.Equal("agentID=***", Redact("agentID=" + new string('7', 65)));
        Assert.Equal("agentID=" + string.Concat(Enumerable.Repeat("%37", 64)), Redact("agentID=" + string.Concat(Enumerable.Repeat("%37", 64))));
        Assert.Equal("agentID=***", Redact("agentID=7" + new string('\t', 191) + "7"));
        Assert.Equal("agentID=7", Redact("agentID" + new string('\t', 53) + "=7"));
        Assert.Equal("***=***", Redact("agentID" + new string('\t', 54) + "=7"));
        Assert.Equal("http://***/", Redact("http://" + string.Concat(Enumerable.Repeat(new string('a', 61) + ".", 4)) + "test:65535/"));
        Assert.Equal("FunctionName=" + new string('x', 64) + "…", Redact("FunctionName=" + new string('x', 65)));
        Assert.InRange(
            Redact("https://" + new string('a', 60) + ".test/?" + string.Concat(Enumerable.Repeat("telesetNumber=" + new string('7', 64) + "&", 1000))).Length,
            1, 4000);
    }

    [Fact]
    public void Whatever_it_is_given_it_gives_a_line_that_stays_the_same() => Law.Holds(HostileText.AnyText, text => text, text =>
    {
        foreach (
            string given in new[] { text, "?" + text, "http://" + text, "?FunctionName=" + text, "?agentID=" + text,
                "/?" + text + "=" + text + "&port=" + text })
        {
            string shown = Redact(given);

            Assert.Equal(shown, Redact(shown));
            Assert.InRange(shown.Length, 0, 4000);
            Assert.DoesNotContain(shown, c => c is < ' ' or > '~' and not '…');
        }
    }, 600);

    [Fact]
    public void No_piece_of_a_password_is_shown() => Law.Holds(Leaky.Texts, leaky => leaky.Text, leaky => leaky.AssertNotIn(Redact(leaky.Text)), 1000);

    [Fact]
    public void No_observation_shows_a_piece_of_a_password() => Law.Holds(Leaky.Texts, leaky => leaky.Text, leaky =>
    {
        var observer = new RecordingObserver();
        using (var observers = new ObserverHub(observer))
        {
            var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry()), observers: observers);
            CalloutResponse response = endpoint.HandleAsync(Requests.Get(leaky.Text)).AsTask().GetAwaiter().GetResult();
            leaky.AssertNotIn(Encoding.ASCII.GetString(response.Body.ToArray()));
        }

        CalloutObservation observed = Assert.IsType<CalloutObservation>(Assert.Single(observer.Observations));
        Assert.Equal(Redact(leaky.Text), observed.Query);
        leaky.AssertNotIn($"{observed} {observed.Query} {observed.Message} {observed.FunctionName} {observed.Agent}");
    }, 300);

    private static string Redact(string? text) => CalloutQueryFormatter.Redact(text);

    /// <summary>Represents a text with a password whose letters occur nowhere else in it.</summary>
    private sealed class Leaky
    {
        private readonly string _password;

        private Leaky(string text, string password)
        {
            Text = text;
            _password = password;
        }

        public string Text { get; }

        /// <summary>Callouts and other texts, with a password as any client may send it.</summary>
        public static Arbitrary<Leaky> Texts { get; } = Arb.From(
            from length in Gen.Choose(4, 24)
            from characters in Gen.Frequency((10, Gen.Elements("QXZVWKJYqxzvwkjy!$".ToCharArray())), (3, Gen.Elements("&=+%#;?/@: ".ToCharArray())))
                .ArrayOf(length)
            let password = new string(characters)
            from escape in Gen.Elements<Func<string,
            string>>(text => text, Uri.EscapeDataString, WebUtility.UrlEncode!, text => EscapeAll(text, "X2"), text => EscapeAll(text, "x2"))
            from name in Gen.Elements("agentPassword", "AGENTPASSWORD", "agent%50assword", "agentPasswort", "pin", "%00")
            from function in Gen.Elements("Login", "logout", "Log%69n", "Hold", "", "MakeCall", "Register")
            from before in Gen.Elements(
                "", "?", "/?", "http://localhost:3107/?", "HTTPS://[::1]:3107/cct/?", "/cct/?", " GET /?", "http://localhost:3107/", "//")
            from order in Gen.Choose(0, 3)
            from separator in Gen.Elements("&", "&&", "&\r\n", ";", ",", "|")
            let secret = name + "=" + escape(password)
            let others = new[] { "FunctionName=" + function, "telesetNumber=70002", "agentID=7001", "agentQueue=7700" }
            let pieces = others.Take(order).Concat([secret]).Concat(others.Skip(order))
            select new Leaky(before + string.Join(separator, pieces), password));

        /// <summary>Indicates whether the password is shown, in any way of escaping.</summary>
        public void AssertNotIn(string shown)
        {
            string upper = shown.ToUpperInvariant();
            for (int i = 0; i + LongestPiece < _password.Length; i++)
            {
                string piece = _password.Substring(i, LongestPiece + 1);
                Assert.DoesNotContain(piece, shown, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(EscapeAll(piece, "X2"), upper, StringComparison.Ordinal);
                Assert.DoesNotContain(WebUtility.UrlEncode(piece).ToUpperInvariant(), upper, StringComparison.Ordinal);
            }
        }

        private static string EscapeAll(string text, string format) =>
            string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString(format, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
