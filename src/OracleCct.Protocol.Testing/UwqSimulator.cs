using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>
/// Simulates EBS's Universal Work Queue: sends callouts to a softphone as EBS's Java client does, and collects and checks the events that come back.
/// </summary>
/// <remarks>Safe to use from several threads. It never shows a password. Disposing it ends everything that it has started.</remarks>
public sealed class UwqSimulator : IAsyncDisposable
{
    private const int LongestQuery = 1_000_000;
    private const int MostShown = 50;
    private const int FirstInMemoryPort = 20_000;
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly ISoftphoneLink _link;
    private readonly InMemoryEventClient? _inMemoryClient;
    private readonly CancellationTokenSource _end = new();
    private readonly BackgroundTasks _background = new();
    private readonly List<UwqAgent> _agents = [];

    /// <summary>Removed agents that still have events without an expectation.</summary>
    private readonly List<UwqAgent> _removed = [];
    private readonly Dictionary<EbsAddress, UwqAgent> _agentsByAddress = [];
    private readonly Dictionary<AgentIdentity, UwqAgent> _byIdentity = [];
    private readonly Journal _journal;
    private readonly CallBook _calls;
    private readonly KnownPasswords _passwords = new();
    private readonly SoftphoneTrace _trace;

    /// <summary>Every agent that there has been.</summary>
    private readonly List<UwqAgent> _everyAgent = [];
    private readonly HashSet<string> _switchedOff;
    private readonly ITimer? _checkStatus;
    private int _nextPort = FirstInMemoryPort;
    private int _checking;
    private bool _disposed;

    private UwqSimulator(ISoftphoneLink link, InMemoryEventClient? inMemoryClient, UwqSimulatorOptions? options, TimeProvider? timeProvider)
    {
        options ??= new();
        _link = link;
        _inMemoryClient = inMemoryClient;
        Options = options;
        Time = timeProvider ?? TimeProvider.System;
        _journal = new(options.MaxMessages);
        _trace = new(options.MaxMessages);
        _calls = new(options.MaxMessages);
        _switchedOff = [.. options.SwitchedOff];
        if (options.CheckStatusInterval != Timeout.InfiniteTimeSpan)
        {
            _checkStatus = Time.CreateTimer(_ => CheckStatus(), null, options.CheckStatusInterval, options.CheckStatusInterval);
        }
    }

    internal UwqSimulatorOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <summary>Gets a snapshot of the agents, in the order in which they were added.</summary>
    public IReadOnlyList<UwqAgent> Agents => Locked<IReadOnlyList<UwqAgent>>(() => [.. _agents]);

    /// <summary>Gets a snapshot of the callouts and events, oldest first.</summary>
    public IReadOnlyList<UwqMessage> Messages => Locked(() => _journal.Messages);

    /// <summary>Gets the callouts and events as text, with their problems.</summary>
    public string Transcript => Journal.Print(Messages);

    /// <summary>Gets a snapshot of the problems so far, oldest first.</summary>
    public IReadOnlyList<UwqProblem> Problems => Locked(() => _journal.Problems);

    /// <summary>Starts a simulator that uses HTTP.</summary>
    /// <param name="softphone">The URL of the softphone, as in the profile option <c>CCT: Basic Telephony: Third Party URL</c>, such as
    /// <c>http://localhost:3107</c>.</param>
    /// <param name="options">How it behaves; null uses the defaults.</param>
    /// <param name="timeProvider">The clock of the messages, of CheckStatus and of slow answers; null uses the system's.</param>
    /// <returns>The simulator. It has sent nothing yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="softphone"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="softphone"/> is not an absolute http URL, or has a query, a fragment or a user.</exception>
    public static UwqSimulator Start(Uri softphone, UwqSimulatorOptions? options = null, TimeProvider? timeProvider = null)
    {
        _ = softphone ?? throw new ArgumentNullException(nameof(softphone));
        if (!softphone.IsAbsoluteUri || softphone.Scheme != Uri.UriSchemeHttp || softphone.Query.Length > 0 || softphone.Fragment.Length > 0
            || softphone.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                "The URL of the softphone is not valid. Use an absolute http URL without query, fragment and user, such as http://localhost:3107.",
                nameof(softphone));
        }

        return new(new JavaHttpClient(softphone), inMemoryClient: null, options, timeProvider);
    }

    /// <summary>Starts a simulator that exchanges callouts and events with the softphone without sockets.</summary>
    /// <param name="softphone">Creates the softphone: the function receives the event client of this simulator and returns the endpoint of the
    /// softphone.</param>
    /// <param name="options">How it behaves; null uses the defaults.</param>
    /// <param name="timeProvider">The clock of the messages, of CheckStatus and of slow answers; null uses the system's.</param>
    /// <returns>The simulator. It has sent nothing yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="softphone"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="softphone"/> returned null.</exception>
    public static UwqSimulator StartInMemory(
        Func<IEventClient, CalloutEndpoint> softphone, UwqSimulatorOptions? options = null, TimeProvider? timeProvider = null)
    {
        _ = softphone ?? throw new ArgumentNullException(nameof(softphone));
        var client = new InMemoryEventClient();
        CalloutEndpoint endpoint = softphone(client) ?? throw new ArgumentException(
            "The function returned null. Return the softphone's endpoint.", nameof(softphone));
        var simulator = new UwqSimulator(new InMemoryLink(endpoint), client, options, timeProvider);
        client.Simulator = simulator;
        return simulator;
    }

    /// <summary>Adds an agent and opens a listener on 127.0.0.1 for the agent's events. It sends nothing yet.</summary>
    /// <param name="telesetNumber">The agent's extension.</param>
    /// <param name="agentId">The agent's id.</param>
    /// <param name="options">Password, queue and port; null uses the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    /// <exception cref="ArgumentException">The simulator already has this agent.</exception>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    public UwqAgent AddAgent(string telesetNumber, string agentId, UwqAgentOptions? options = null)
    {
        var identity = new AgentIdentity(telesetNumber, agentId);
        options ??= new();
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_byIdentity.ContainsKey(identity))
            {
                throw new ArgumentException($"The simulator already has {identity}. Use another id or extension.");
            }

            TcpListener? listener = _inMemoryClient is not null ? null : EventListener.Open(options.EbsPort, identity);
            int port = listener is null ? InMemoryPort(options.EbsPort, identity) : ((IPEndPoint)listener.LocalEndpoint).Port;
            var agent = new UwqAgent(this, identity, new("127.0.0.1", port), options);
            if (listener is not null)
            {
                agent.Listen(new(this, agent, _background, _end.Token), listener);
            }

            _passwords.Add(identity, options.Password);
            _agents.Add(agent);
            _everyAgent.Add(agent);
            _byIdentity.Add(identity, agent);
            _agentsByAddress.Add(agent.EbsAddress, agent);
            return agent;
        }
    }

    /// <summary>
    /// Closes the listener of an agent and removes the agent. Messages and problems stay, and <see cref="Verify"/> still checks the agent's events. It sends
    /// nothing.
    /// </summary>
    /// <returns>True when it was an agent of this simulator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="agent"/> is null.</exception>
    public Task<bool> RemoveAgentAsync(UwqAgent agent)
    {
        _ = agent ?? throw new ArgumentNullException(nameof(agent));
        lock (_gate)
        {
            bool wasHere = _agents.Remove(agent);
            if (wasHere)
            {
                _ = _byIdentity.Remove(agent.Identity);
                _ = _agentsByAddress.Remove(agent.EbsAddress);
                agent.Close();
                KeepUnreadOf(agent);
            }

            return Task.FromResult(wasHere);
        }
    }

    /// <summary>Sends any callout.</summary>
    /// <param name="callout">The callout. It need not name an agent of this simulator.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <returns>The reply, also when it is not a success.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callout"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The callout cannot be written as a query string.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<UwqReply> SendAsync(Callout callout, CancellationToken cancellationToken = default)
    {
        _ = callout ?? throw new ArgumentNullException(nameof(callout));
        return CallOutAsync(QueryWriter.Write(callout, Options.QueryEncoding), QueryWriter.Show(callout, Options.QueryEncoding), callout, cancellationToken);
    }

    /// <summary>Sends a query string unchanged, even if it is malformed.</summary>
    /// <param name="query">What follows the question mark. It is written as UTF-8.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <returns>The reply, also when it is not a success.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="query"/> contains a line break, which would begin another header, or is longer than 1,000,000
    /// characters.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<UwqReply> SendQueryAsync(string query, CancellationToken cancellationToken = default)
    {
        _ = query ?? throw new ArgumentNullException(nameof(query));
        if (query.Length > LongestQuery || query.IndexOfAny(['\r', '\n']) >= 0)
        {
            throw new ArgumentException("The query contains a line break, or more than 1,000,000 characters. Use a shorter query on one line.", nameof(query));
        }

        _ = CalloutQueryFormatter.Default.TryRead(query, out Callout? callout, out _);
        return CallOutAsync(query, CalloutQueryFormatter.Redact(query), callout, cancellationToken);
    }

    /// <summary>Fails when there is a problem, or an event that no expectation has taken. Call it at the end of a test.</summary>
    /// <exception cref="UwqExpectationException">There is a problem or such an event. The message shows them and the transcript.</exception>
    public void Verify()
    {
        IReadOnlyList<UwqProblem> problems = Problems;
        IReadOnlyList<UwqMessage> unexpected = Locked<IReadOnlyList<UwqMessage>>(() => [.. _removed.Concat(_agents).SelectMany(agent => agent.Unread)]);
        if (problems.Count == 0 && unexpected.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        AppendSection(text, "Problems", problems);
        AppendSection(text, "Unexpected events", unexpected);
        throw Failure(text.ToString().TrimEnd('\n'));
    }

    /// <summary>Closes all listeners and connections, and ends pending callouts.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (UwqAgent agent in _agents)
            {
                agent.Close();
            }
        }

        _checkStatus?.Dispose();
        _trace.Dispose();
        _end.Cancel();
        _link.Dispose();
        await _background.EndAsync(DisposeLimit).ConfigureAwait(false);
    }

    internal T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    internal void Locked(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    internal IReadOnlyList<UwqCall> CallsOf(AgentIdentity agent) => Locked(() => _calls.CallsOf(agent));

    internal UwqAgent? FindByAddress(EbsAddress ebsAddress) =>
        Locked(() => _agentsByAddress.TryGetValue(ebsAddress, out UwqAgent? agent) && !_disposed ? agent : null);

    internal Task DelayAsync(TimeSpan delay) =>
#if NET
        Task.Delay(delay, Time, _end.Token);
#else
        Time.Delay(delay, _end.Token);
#endif

    /// <summary>Checks and keeps an event, and gives it to the expectation that waits for it.</summary>
    internal void Receive(UwqAgent agent, ReceivedEvent received)
    {
        IEnumerable<(string Code, string Message)> flaws = WireChecks.Check(received);
        Secrets secrets = Locked(() => _passwords.InEvent(received.Text));
        if (secrets.AreIn(received.Text))
        {
            flaws = flaws.Select(flaw => (flaw.Code, secrets.Hide(flaw.Message)))
                .Append(("UWQ111", "The event repeats an agent's password. EBS has the password, and the event may be logged. Remove it."))
                .ToList();
            received = received.WithText(secrets.HideInXml(received.Text));
        }

        List<UwqProblem> problems = [.. Counted(flaws, agent.Identity)];
        if (received.Event is ScreenPopEvent pop)
        {
            problems.AddRange(
                from finding in ScreenPopRules.Check(pop, Options.Forms ?? EbsForms.All)
                where !_switchedOff.Contains(finding.Code)
                select new UwqProblem
                {
                    Code = finding.Code,
                    Severity = finding.Severity == ScreenPopSeverity.Error && (Options.Forms is not null || finding.IsUniversal)
                        ? UwqProblemSeverity.Error
                        : UwqProblemSeverity.Warning,
                    Agent = agent.Identity,
                    Message = $"{finding.Problem} {finding.Effect} {finding.Advice}",
                });
        }

        UwqMessage message;
        lock (_gate)
        {
            if (!received.IsTaken && received.Event is (null or ScreenPopEvent))
            {
                _calls.LosePop(agent.Identity);
            }

            if (received.IsTaken)
            {
                problems.AddRange(Counted(OrderFlaws(agent, received.Event), agent.Identity));
            }

            message = new()
            {
                At = received.At,
                IsCallout = false,
                Agent = agent.Identity,
                Name = received.Event?.Name ?? "",
                Text = received.Text,
                Event = received.Event,
                Fault = received.Fault,
                Problems = new ValueList<UwqProblem>(problems),
                Duration = Time.GetUtcNow() - received.At,
            };
            _ = _journal.Add(message);
            _journal.Report(problems);
            if (received.IsTaken)
            {
                if (received.Event is CallEvent callEvent)
                {
                    _calls.Add(agent.Identity, callEvent, message);
                }

                if (agent.Take(message, Options.MaxMessages))
                {
                    ReportForgotten(agent);
                }

                if (agent.IsClosed && !_disposed)
                {
                    KeepUnreadOf(agent);
                }
            }
        }

        Tell(message);
    }

    internal void ReportCrowd(UwqAgent agent) => Locked(() => _journal.Report(
        Counted([("UWQ012", $"{Text(EventListener.MaxConnections)} connections to the listener are open, so another one was closed unread. "
            + "Close each connection when its event is answered.")], agent.Identity)));

    /// <summary>Returns an exception with the transcript so far.</summary>
    internal UwqExpectationException Failure(string reason)
    {
        IReadOnlyList<UwqMessage> messages = Messages;
        int left = Math.Max(0, messages.Count - MostShown);
        string transcript = messages.Count == 0 ? "No message has crossed the wire." : Journal.Print([.. messages.Skip(left)]).TrimEnd('\n');
        return new($"{reason}{Reported(messages)}\n\nTranscript{(left > 0 ? $", without the first {Text(left)} messages" : "")}:\n{transcript}");
    }

    /// <summary>
    /// What the library of a softphone in this process said about the simulator's agents and messages, as a section; empty when that is nothing.
    /// </summary>
    private string Reported(IReadOnlyList<UwqMessage> messages)
    {
        IReadOnlyList<string> entries = _trace.About(
            Locked<UwqAgent[]>(() => [.. _everyAgent]), messages, delivery => _inMemoryClient?.HasAnswered(delivery) ?? true);
        IEnumerable<string> lines = entries.Skip(entries.Count - MostShown)
            .Select(text => Locked(() => _passwords.InEvent(text)).Hide(text))
            .SelectMany(text => text.Split('\n'))
            .Select(line => $"\n    {Printable.Of(line.TrimEnd('\r'))}");
        return entries.Count == 0 ? "" : $"\n\nWhat the softphone's library reported (trace source {CctDiagnostics.TraceSource.Name}):{string.Concat(lines)}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AppendSection<T>(StringBuilder text, string title, IReadOnlyList<T> lines)
    {
        if (lines.Count > 0)
        {
            _ = text.Append(title).Append(": ").Append(Text(lines.Count)).Append('\n');
            foreach (T line in lines.Take(MostShown))
            {
                _ = text.Append("    ").Append(line).Append('\n');
            }
        }
    }

    /// <summary>Keeps as many events of all removed agents as of one agent.</summary>
    private void KeepUnreadOf(UwqAgent removed)
    {
        _ = _removed.Remove(removed);
        _removed.Add(removed);
        _ = _removed.RemoveAll(agent => agent.Unread.Count == 0);
        while (_removed.Sum(agent => agent.Unread.Count) > Options.MaxMessages)
        {
            ReportForgotten(_removed[0]);
            _removed.RemoveAt(0);
        }
    }

    private void ReportForgotten(UwqAgent agent) =>
        _journal.Report(Counted([("UWQ302", $"More than {Text(Options.MaxMessages)} events wait for an expectation, so the oldest are forgotten. "
            + "Expect events, or raise MaxMessages.")], agent.Identity));

    private IEnumerable<UwqProblem> Counted(IEnumerable<(string Code, string Message)> flaws, AgentIdentity? agent) =>
        flaws.Where(flaw => !_switchedOff.Contains(flaw.Code)).Select(flaw => UwqRules.Problem(flaw.Code, agent, flaw.Message));

    private IEnumerable<(string Code, string Message)> OrderFlaws(UwqAgent agent, CctEvent? cctEvent)
    {
        if (cctEvent is CallEvent callEvent && _calls.Check(agent.Identity, callEvent) is { } flaw)
        {
            yield return flaw;
        }

        if (cctEvent is ScreenPopEvent && !agent.TryPop())
        {
            yield return ("UWQ108", "The agent has had a ScreenPop and no Ready since then, and each number dialled has had its own. "
                + "Send the agent no further call until EBS sends Ready again.");
        }

        if (cctEvent is not null && !agent.IsRegistered)
        {
            yield return ("UWQ109", "EBS has not registered the agent, or has unregistered the agent. Use the address of Register until Unregister.");
        }
    }

    private async Task<UwqReply> CallOutAsync(string query, string shown, Callout? callout, CancellationToken cancellationToken)
    {
        AgentIdentity? identity = (callout as AgentCallout)?.Agent;
        DateTimeOffset at = Time.GetUtcNow();
        long started = Time.GetTimestamp();
        UwqAgent? agent;
        Journal.Entry entry;
        bool wasRegistered;
        lock (_gate)
        {
            ThrowIfDisposed();
            cancellationToken.ThrowIfCancellationRequested();
            agent = identity is { } one && _byIdentity.TryGetValue(one, out UwqAgent? found) ? found : null;
            identity = agent is null && identity is { } other ? SafeText.Agent(other) : identity;
            wasRegistered = agent?.IsRegistered ?? false;
            agent?.Follow(callout!);
            entry = _journal.Add(new()
            {
                At = at,
                IsCallout = true,
                Agent = identity,
                Name = callout is null ? "" : SafeText.Function(callout),
                Text = shown,
            });
        }

        CalloutAttempt attempt;
        int attempts;
        var deadline = new CancellationTokenSource(Options.CalloutTimeout);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, _end.Token);
        try
        {
            (attempt, attempts) = await SendWithRepeatAsync(query, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            bool isTimeout = deadline.IsCancellationRequested && !_end.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            string trouble = isTimeout ? $"No reply within {Options.CalloutTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s."
                : cancellationToken.IsCancellationRequested ? "The test cancelled the callout."
                : "The simulator was disposed.";
            var none = new UwqReply
            {
                Kind = isTimeout ? UwqReplyKind.TimedOut : UwqReplyKind.NoAnswer,
                ErrorMessage = trouble,
                Duration = Time.GetElapsedTime(started)
            };
            Complete(none, isTimeout ? [("UWQ203", $"{trouble} Answer every callout within a few seconds, if necessary with an Error.")] : []);
            if (!isTimeout)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ObjectDisposedException(nameof(UwqSimulator));
            }

            return none;
        }
        finally
        {
            deadline.Dispose();
        }

        (UwqReply reply, IReadOnlyList<(string Code, string Message)> flaws) =
            ReplyReader.Read(attempt, attempts, Time.GetElapsedTime(started), Locked(() => _passwords.InReplyTo(query, callout)));
        Complete(reply, flaws);
        return reply;

        void Complete(UwqReply reply, IReadOnlyList<(string Code, string Message)> flaws)
        {
            lock (_gate)
            {
                UwqProblem[] problems = [.. Counted(flaws, identity)];
                entry.Message = entry.Message with { Reply = reply, Problems = new ValueList<UwqProblem>(problems), Duration = reply.Duration };
                _journal.Report(problems);
                agent?.Follow(callout!, reply, wasRegistered);
            }

            Tell(entry.Message);
        }
    }

    private async Task<(CalloutAttempt Attempt, int Attempts)> SendWithRepeatAsync(string query, CancellationToken cancellationToken)
    {
        CalloutAttempt attempt = await _link.SendAsync(query, anew: false, cancellationToken).ConfigureAwait(false);
        if (attempt.End == AttemptEnd.Dead && Options.RepeatAfterDeadConnection)
        {
            CalloutAttempt second = await _link.SendAsync(query, anew: true, cancellationToken).ConfigureAwait(false);
            return (second, second.End == AttemptEnd.NotConnected ? 1 : 2);
        }

        return (attempt, attempt.End == AttemptEnd.NotConnected ? 0 : 1);
    }

    /// <summary>Sends CheckStatus, unless the previous one is still pending or there are no agents.</summary>
    private void CheckStatus()
    {
        if (Interlocked.CompareExchange(ref _checking, 1, 0) != 0)
        {
            return;
        }

        _background.Run(async () =>
        {
            try
            {
                if (Agents.Count > 0)
                {
                    _ = await SendAsync(new CheckStatusCallout()).ConfigureAwait(false);
                }
            }
            catch (ObjectDisposedException)
            {
                // The simulator was disposed.
            }
            finally
            {
                Volatile.Write(ref _checking, 0);
            }
        });
    }

    private void Tell(UwqMessage message)
    {
        try
        {
            Options.OnMessage?.Invoke(message);
        }
#pragma warning disable CA1031 // A test's own failure must not break the conversation, and must not be lost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Locked(() => _journal.Report(Counted([("UWQ301", $"OnMessage threw {exception.GetType().Name}: {exception.Message}")], message.Agent)));
        }
    }

    private int InMemoryPort(int wanted, AgentIdentity agent)
    {
        if (wanted == 0)
        {
            while (IsTaken(_nextPort))
            {
                _nextPort++;
            }

            return _nextPort++;
        }

        return IsTaken(wanted) ? throw new IOException($"Port {Text(wanted)} cannot be opened for the events of {agent}: another agent uses it.") : wanted;
    }

    private bool IsTaken(int port) => _agentsByAddress.ContainsKey(new("127.0.0.1", port));

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(UwqSimulator));
        }
    }
}
