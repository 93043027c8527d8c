using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Secrets;

/// <summary>Tests that nothing that the library says about an object with a password shows the password.</summary>
[Collection(Law.Collection)]
public class SecretsTests
{
    private const string First = "Zx7k";
    private const string Last = "Qk9w";

    private static readonly Assembly Library = typeof(Callout).Assembly;

    /// <summary>Passwords with any text between two marks that occur nowhere else.</summary>
    private static readonly Arbitrary<string> Passwords = Arb.From(HostileText.ForQuery.Select(text => First + text + Last), HostileText.Shrink);

    [Fact]
    public void No_message_shows_its_password() => Law.Holds(Passwords, text => text, text =>
    {
        if (IsWhole(text))
        {
            Said said = new();
            foreach (Callout callout in MessagesWith(text))
            {
                said.Add(callout);
                said.Add(CalloutQueryFormatter.Default.TryRead(Wire(callout), out Callout? read, out ProtocolError? error) ? read : error);
            }

            said.AssertWithout(text);
        }
    });

    [Fact]
    public void No_error_shows_the_password_of_the_text_it_is_about() => Law.Holds(Passwords, text => text, text =>
    {
        if (IsWhole(text))
        {
            Said said = new();
            foreach (string broken in BrokenTextsWith(text))
            {
                if (!CalloutQueryFormatter.Default.TryRead(broken, out _, out ProtocolError? error))
                {
                    said.Add(error);
                    said.Add(Assert.Throws<ProtocolFormatException>(() => CalloutQueryFormatter.Default.Read(broken)));
                }
            }

            foreach (Callout callout in MessagesWith(text + "\uD800"))
            {
                said.Add(Assert.Throws<ProtocolFormatException>(() => CalloutQueryFormatter.Default.Write(callout)));
            }

            said.AssertWithout(text);
        }
    });

    [Fact]
    public void No_answer_and_no_observation_shows_the_password_of_its_request() => Law.Holds(Passwords, text => text, text =>
    {
        if (IsWhole(text))
        {
            Said said = new();
            var observer = new RecordingObserver();
            using (var observers = new ObserverHub(observer))
            {
                var failing = new CalloutHandlers().HandleAsync<LogoutCallout>((_, _, _) => throw new InvalidOperationException("No trunk."));
                var endpoint = new CalloutEndpoint(new CalloutDispatcher(failing, new InMemoryAgentRegistry()), observers: observers);
                foreach (string query in MessagesWith(text).Select(Wire).Concat(BrokenTextsWith(text)))
                {
                    foreach (
                        CalloutRequest request in new[] { Requests.Get(query), Requests.Get(query) with { Method = "POST" },
                            Requests.Get(query) with { LocalPort = 1 } })
                    {
                        said.Add(request);
                        said.Add(endpoint.HandleAsync(request).AsTask().GetAwaiter().GetResult());
                    }
                }
            }

            Assert.NotEmpty(observer.Observations);
            foreach (CctObservation observation in observer.Observations)
            {
                said.Add(observation);
                said.Add(((CalloutObservation)observation).Query);
                said.Add(((CalloutObservation)observation).Message);
                said.Add(((CalloutObservation)observation).FunctionName);
            }

            said.AssertWithout(text);
        }
    }, 100);

    [Fact]
    public void The_walk_gets_to_everything_that_holds_a_password()
    {
        Said said = new();
        foreach (Callout callout in MessagesWith(First + Last))
        {
            said.Add(callout);
        }

        Assert.Equal(
            [nameof(AgentIdentity), nameof(AgentPassword), nameof(LoginCallout), nameof(LogoutCallout), nameof(UnknownCallout), nameof(WireField),
                nameof(WireFields)],
            said.Types.Select(type => type.Name).OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_walk_finds_a_password_where_there_is_one()
    {
        Said said = new();
        said.Add(new CalloutObservation { At = default, Outcome = CalloutOutcome.Error, StatusCode = 200, Query = "", Message = First + Last });
        said.Add(First);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => said.AssertWithout(First + Last));
    }

    [Fact]
    public void A_debugger_shows_no_password_either()
    {
        Type[] displayed = [.. Library.GetTypes().Where(type => type.GetCustomAttribute<DebuggerDisplayAttribute>() is not null)];

        Assert.Contains(typeof(AgentPassword), displayed);
        Assert.DoesNotContain(Library.GetTypes(), type => type.GetCustomAttribute<DebuggerTypeProxyAttribute>() is not null);
        FieldInfo[] texts = typeof(AgentPassword).GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
        Assert.All(texts, field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    private static IEnumerable<Callout> MessagesWith(string password)
    {
        var login = new LoginCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new(password), AgentQueue = "7700" };
        yield return login;
        yield return login with { ExtraFields = [new("agentPassword2", password), new("pin", password)] };
        yield return new LogoutCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new(password), AgentQueue = "7700" };
        yield return new UnknownCallout("ChangeLogin") { ExtraFields = [new("agentPassword", password), new("", password)] };
    }

    private static IEnumerable<string> BrokenTextsWith(string password) =>
        from escape in new Func<string, string>[] { text => text, Escape }
        from text in new[]
        {
            "?FunctionName=Login&telesetNumber=70002&agentPassword=" + escape(password),
            "?FunctionName=Login&agentPassword=" + escape(password) + "&agentPassword=" + escape(password) + "&agentID=7001",
            "?FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port=" + escape(password),
            "?FunctionName=Login;agentPassword=" + escape(password),
            "?agentPassword=" + escape(password),
            "/Login/" + escape(password),
        }
        select text;

    /// <summary>Indicates whether both marks are there and unchanged. A shrunk password may have lost one.</summary>
    private static bool IsWhole(string password) =>
        password.StartsWith(First, StringComparison.Ordinal) && password.EndsWith(Last, StringComparison.Ordinal)
        && password.Length >= First.Length + Last.Length && password.IndexOf("FunctionName", StringComparison.OrdinalIgnoreCase) < 0;

    private static string Wire(Callout callout) => new CalloutQueryFormatter(new() { MaxLength = 1 << 20 }).Write(callout);

    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture)));

    /// <summary>Collects what the library says: every text of everything that can be reached from the added objects.</summary>
    private sealed class Said
    {
        private readonly StringBuilder _texts = new();

        public HashSet<Type> Types { get; } = [];

        public void Add(object? one)
        {
            switch (one)
            {
                case null:
                    break;
                case string text:
                    _ = _texts.AppendLine(text);
                    break;
                case Exception exception:
                    // With inner exceptions and stack trace.
                    _ = _texts.AppendLine(exception.ToString()).AppendLine(exception.Message);
                    AddProperties(exception);
                    break;
                case CalloutResponse response:
                    _ = _texts.AppendLine(response.ToString()).AppendLine(Encoding.ASCII.GetString(response.Body.ToArray()))
                        .AppendLine(string.Join("\n", response.Headers));
                    break;
                default:
                    if (one.GetType().Assembly == Library && !one.GetType().IsEnum)
                    {
                        _ = Types.Add(one.GetType());
                        _ = _texts.AppendLine(one.ToString()).AppendLine(DebuggerDisplay(one));
                        AddProperties(one);
                    }

                    break;
            }
        }

        public void AssertWithout(string password)
        {
            string texts = _texts.ToString();
            foreach (string secret in new[] { First, Last, Escape(First), Escape(Last), password })
            {
                Assert.DoesNotContain(secret, texts, StringComparison.OrdinalIgnoreCase);
            }
        }

        /// <summary>Returns what users can reach, except for the values: the property for a password contains it.</summary>
        private void AddProperties(object one)
        {
            foreach (
                PropertyInfo property in one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
                    property => property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(string)))
            {
                if (property.DeclaringType!.Assembly == Library)
                {
                    Add(property.GetValue(one));
                }
            }

            if (one is IEnumerable several)
            {
                foreach (object? element in several)
                {
                    Add(element is string ? null : element);
                }
            }
        }

        private static string DebuggerDisplay(object one)
        {
            string shown = one.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()?.Value ?? "";
            return Regex.Replace(shown, @"\{(\w+)(\(\))?(,\w+)?\}", match =>
            {
                const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                MemberInfo member = one.GetType().GetMember(match.Groups[1].Value, Everything).First();
                object? value = member switch
                {
                    PropertyInfo property => property.GetValue(one),
                    FieldInfo field => field.GetValue(one),
                    _ => ((MethodInfo)member).Invoke(one, null),
                };
                return $"{value}";
            });
        }
    }
}
