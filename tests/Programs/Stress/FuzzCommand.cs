using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>Feeds messages that are almost correct to everything that reads input from outside, and checks that the guarantees hold.</summary>
internal static class FuzzCommand
{
    private const string Provisional = "HTTP/1.1 100 Continue\r\n\r\n";
    private const string Password = "Pl4nted-Pa55word";
    private const long MostMemory = 512L << 20;

    // In bytes: the buffers of System.Xml alone.
    private const int LeastOfSystemXml = 8192;

    // The written text may be longer than the text that was read, because of its escapes.
    private static readonly CalloutQueryFormatter AnyQuery = new(new() { MaxLength = 1 << 20 });
    private static readonly CctXmlFormatter AnyDocument = new(new() { MaxLength = 1 << 20 });

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The expected statuses. The platform itself answers with 400, 404, 411, 417, 501 and 505.</summary>
    private static readonly string[] StatusesOfListener = ["100", "200", "400", "403", "404", "405", "411", "413", "414", "417", "501", "505"];
    private static readonly int[] StatusesOfEndpoint = [200, 403, 405, 413, 414];

    /// <summary>Runs the fuzzer.</summary>
    /// <param name="args"><c>--seconds N</c>, 30 by default, and <c>--seed S</c>, the number that determines the inputs.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        TimeSpan duration = TimeSpan.FromSeconds(CommandLine.Number(args, "--seconds", 30));
        int seed = (int)CommandLine.Number(args, "--seed", Environment.TickCount & 0xFFFFFF);
        Console.WriteLine(FormattableString.Invariant($"fuzz --seconds {duration.TotalSeconds} --seed {seed}"));

        var random = new Random(seed);
        byte[][] queries = Golden("*.query");
        byte[][] documents = Golden("*.xml");
        await using CalloutListener listener = new(NewEndpoint(), new() { Port = 0 });
        listener.Start();
        using var ebs = new GarbageServer(new(random, [.. documents.Select(Answer)]));
        using var client = new HttpEventClient(new HttpEventClientOptions { Timeout = TimeSpan.FromSeconds(5) });

        var queryMutator = new Mutator(random, queries);
        var documentMutator = new Mutator(random, documents);
        var requestMutator = new Mutator(random, [.. queries.Select(query => Request(query, listener.Url))]);
        FuzzTarget[] targets =
        [
            new("query", 5000, target => Task.FromResult(Query(target.Input = queryMutator.NextText()))),
            new("XML text", 1000, target => Task.FromResult(Document(target.Input = documentMutator.NextText()))),
            new("XML bytes", 1000, target =>
            {
                byte[] bytes = documentMutator.Next();
                target.Input = Encoding.Latin1.GetString(bytes);
                return Task.FromResult(Document(bytes));
            }),
            new("XML both ways", 2000, target => Task.FromResult(BothWays(target.Input = documentMutator.NextText()))),
            EndpointTarget(random, queryMutator),
            new("listener", 100, target =>
            {
                byte[] bytes = requestMutator.Next();
                target.Input = Encoding.Latin1.GetString(bytes);
                return ListenerAsync(listener.Url, bytes);
            }),
            new("event client", 50, async target =>
            {
                EventDelivery delivery = await client.SendAsync(ebs.Address, new CallReleasedEvent("42")).WaitAsync(Patience);
                target.Input = ebs.LastAnswer;
                ViolationException.ThrowUnless(delivery.ResponseBody is null or { Length: <= 65536 }, "the kept answer is too long");
                return delivery.Status.ToString();
            }),
        ];

        bool holds = await FeedAsync(targets, listener.Url, duration);
        Print(targets);
        return holds ? 0 : 1;
    }

    private static async Task<bool> FeedAsync(FuzzTarget[] targets, Uri listener, TimeSpan duration)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            foreach (FuzzTarget target in targets)
            {
                try
                {
                    await target.RunBatchAsync();
                    await AssertAnswersAsync(listener);
                    long memory = GC.GetTotalMemory(forceFullCollection: false);
                    ViolationException.ThrowUnless(memory < MostMemory || GC.GetTotalMemory(forceFullCollection: true) < MostMemory, "the memory grows");
                }
#pragma warning disable CA1031 // The fuzzer looks for any exception.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    Console.WriteLine($"VIOLATION in {target.Name}: {exception}");
                    Console.WriteLine($"Input: {FuzzTarget.Escape(target.Input)}");
                    return false;
                }
            }
        }

        return true;
    }

    private static void Print(FuzzTarget[] targets)
    {
        foreach (FuzzTarget target in targets)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{target.Name,-13}{target.Tried,12:N0} tried, slowest {target.Slowest.TotalMilliseconds,8:N1} ms: {target.Outcomes}"));
        }

        long memory = GC.GetTotalMemory(forceFullCollection: true) >> 10;
        Console.WriteLine(FormattableString.Invariant(
            $"Total tried: {targets.Sum(target => target.Tried):N0}. Managed memory {memory:N0} KiB, working set {Environment.WorkingSet >> 20:N0} MiB."));
    }

    private static string Query(string text)
    {
        bool isRead = CalloutQueryFormatter.Default.TryRead(text, out Callout? callout, out ProtocolError? error);
        string redacted = CalloutQueryFormatter.Redact(text);
        try
        {
            Callout same = CalloutQueryFormatter.Default.Read(text);
            ViolationException.ThrowUnless(isRead && same == callout, "Read and TryRead disagree");
        }
        catch (ProtocolFormatException exception)
        {
            ViolationException.ThrowUnless(!isRead && exception.Error == error, "Read and TryRead disagree");
            AssertNoPassword(exception.ToString());
            return $"refused {exception.Error.Kind}";
        }

        if (!ShowsPasswordByRight(callout!))
        {
            AssertNoPassword(callout!.ToString());

            // A mutation may have made the password the value of another parameter, which is shown.
            if (callout is LoginCallout or LogoutCallout && !callout.ExtraFields.Any(field => field.Value.Contains(Password, StringComparison.Ordinal)))
            {
                AssertNoPassword(redacted);
            }
        }

        AssertRoundTrip(text, () => AnyQuery.Read(AnyQuery.Write(callout!)) == callout);
        return "read";
    }

    private static string Document(string text)
    {
        bool isRead = CctXmlFormatter.Default.TryRead(text, out IReadOnlyList<CctEvent>? events, out ProtocolError? error);
        return Document(text, isRead, events, error, () => CctXmlFormatter.Default.Read(text));
    }

    private static string Document(byte[] bytes)
    {
        bool isRead = CctXmlFormatter.Default.TryRead(bytes, out IReadOnlyList<CctEvent>? events, out ProtocolError? error);
        return Document("", isRead, events, error, () => CctXmlFormatter.Default.Read(bytes));
    }

    private static string Document(string text, bool isRead, IReadOnlyList<CctEvent>? events, ProtocolError? error, Func<IReadOnlyList<CctEvent>> read)
    {
        try
        {
            IReadOnlyList<CctEvent> same = read();
            ViolationException.ThrowUnless(isRead && same.SequenceEqual(events!), "Read and TryRead disagree");
        }
        catch (ProtocolFormatException exception)
        {
            ViolationException.ThrowUnless(!isRead && exception.Error == error, "Read and TryRead disagree");
            AssertNoPassword(exception.ToString());
            return $"refused {exception.Error.Kind}";
        }

        foreach (CctEvent cctEvent in events!)
        {
            AssertRoundTrip(text, () => AnyDocument.Read(AnyDocument.WriteToArray(cctEvent)).Single() == cctEvent);
        }

        return "read";
    }

    /// <summary>
    /// Compares both readers. A comment at the end makes System.Xml read the document. A document that is read without System.Xml must give the same result
    /// with it.
    /// </summary>
    private static string BothWays(string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = AnyDocument.TryRead(text, out IReadOnlyList<CctEvent>? events, out _);
        bool isWithoutSystemXml = GC.GetAllocatedBytesForCurrentThread() - before < LeastOfSystemXml + (4 * text.Length);
        bool isXml = AnyDocument.TryRead(text + "<!---->", out IReadOnlyList<CctEvent>? same, out _);
        ViolationException.ThrowUnless(!isRead || (isXml && events!.SequenceEqual(same!)), "System.Xml reads the document differently, or not at all");
        return !isRead ? "refused" : isWithoutSystemXml ? "read equally without System.Xml" : "read with System.Xml";
    }

    /// <summary>
    /// Checks that a message is the same when it is written and read again. Half a surrogate pair can be read from a text but cannot be sent.
    /// </summary>
    private static void AssertRoundTrip(string text, Func<bool> readsTheSame)
    {
        try
        {
            ViolationException.ThrowUnless(readsTheSame(), "the message changes when it is written and read again");
        }
        catch (ProtocolFormatException exception) when (exception.Error.Kind == ProtocolErrorKind.InvalidCharacter && !HasWholePairs(text))
        {
        }
    }

    private static bool HasWholePairs(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static FuzzTarget EndpointTarget(Random random, Mutator mutator)
    {
        int count = 0;
        CalloutEndpoint endpoint = NewEndpoint();
        return new("endpoint", 1000, async target =>
        {
            // Use a new registry now and then, because a registry keeps every agent that was registered.
            endpoint = ++count % 10_000 == 0 ? NewEndpoint() : endpoint;
            target.Input = mutator.NextText();
            CalloutResponse response = await endpoint.HandleAsync(new()
            {
                Method = random.Next(10) > 0 ? "GET" : "POST",
                Query = target.Input,
                Headers = [new("Host", "localhost:3107"), new("User-Agent", "Java/1.8.0")],
                RemoteAddress = random.Next(20) > 0 ? IPAddress.Loopback : null,
                LocalPort = 3107,
                ContentLength = random.Next(20) > 0 ? 0 : random.Next(-1, 10_000),
            }).AsTask().WaitAsync(Patience);
            ViolationException.ThrowUnless(StatusesOfEndpoint.Contains(response.StatusCode), $"status {response.StatusCode}");
            if (response.Body.IsEmpty)
            {
                return $"{response.StatusCode}";
            }

            bool isError = CctXmlFormatter.Default.Read(response.Body.Span).Single() is ErrorEvent { Message: not null };
            ViolationException.ThrowUnless(isError, "the body is not an Error");
            if (!CalloutQueryFormatter.Default.TryRead(target.Input, out Callout? callout, out _) || !ShowsPasswordByRight(callout))
            {
                AssertNoPassword(Encoding.ASCII.GetString(response.Body.Span));
            }

            return $"{response.StatusCode} with Error";
        });
    }

    private static async Task<string> ListenerAsync(Uri listener, byte[] request)
    {
        using TcpClient client = await ConnectAsync(listener);
        NetworkStream stream = client.GetStream();
        using var patience = new CancellationTokenSource(Patience);
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, patience.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server may close the connection before it has read everything.
        }

        if (answer.Length == 0)
        {
            return "closed";
        }

        string text = Encoding.Latin1.GetString(answer.ToArray());
        if (text.StartsWith(Provisional, StringComparison.Ordinal) && text.Length > Provisional.Length)
        {
            // The platform's listener sends this to a request that expects it, before the endpoint sees the request.
            text = text[Provisional.Length..];
        }

        string? status = text.StartsWith("HTTP/1.", StringComparison.Ordinal) && text.Length >= 12 ? text[9..12] : null;
        ViolationException.ThrowUnless(StatusesOfListener.Contains(status), $"the answer is {FuzzTarget.Escape(text)}");
        return status!;
    }

    private static async Task AssertAnswersAsync(Uri listener)
    {
        using TcpClient client = await ConnectAsync(listener);
        using var patience = new CancellationTokenSource(Patience);
        using var answer = new MemoryStream();
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET /?FunctionName=CheckStatus HTTP/1.1\r\nHost: {listener.Authority}\r\nConnection: close\r\n\r\n"), patience.Token);
        await client.GetStream().CopyToAsync(answer, patience.Token);
        bool isSuccess = Encoding.Latin1.GetString(answer.ToArray()).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        ViolationException.ThrowUnless(isSuccess, "the listener no longer answers a valid callout");
    }

    private static async Task<TcpClient> ConnectAsync(Uri listener)
    {
        using var patience = new CancellationTokenSource(Patience);
        var client = new TcpClient { LingerState = new(true, 0) };
        await client.ConnectAsync(IPAddress.Loopback, listener.Port, patience.Token);
        return client;
    }

    private static CalloutEndpoint NewEndpoint()
    {
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>(
                (login, _, _) => new(login.AgentPassword.Reveal() == Password ? CalloutReply.Success : CalloutReply.Error("Wrong password.")))
            .HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success))
            .HandleAsync<MakeCallCallout>((_, _, _) => throw new InvalidOperationException(Password));
        return new(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()));
    }

    /// <summary>Indicates whether a mutation has put the password where other text belongs, which is shown.</summary>
    private static bool ShowsPasswordByRight(Callout callout) => new[]
    {
        callout.FunctionName,
        (callout as AgentCallout)?.TelesetNumber,
        (callout as AgentCallout)?.AgentId,
        (callout as LoginCallout)?.AgentQueue,
        (callout as LogoutCallout)?.AgentQueue,
        (callout as MakeCallCallout)?.DialString,
        (callout as DialCanonicalCallout)?.DialString,
        (callout as RegisterCallout)?.IpAddress,
    }.Any(text => text?.Contains(Password, StringComparison.Ordinal) == true);

    private static void AssertNoPassword(string text) =>
        ViolationException.ThrowUnless(!text.Contains(Password, StringComparison.Ordinal), "the password is shown");

    private static byte[][] Golden(string pattern) =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), pattern).Order(StringComparer.Ordinal)
            .Select(file => Encoding.UTF8.GetBytes(File.ReadAllText(file).TrimEnd('\r', '\n')
                .Replace("agentPassword=1234", $"agentPassword={Password}", StringComparison.Ordinal)
                .Replace("value=\"4155550100\"", $"value=\"{Password}\"", StringComparison.Ordinal))),
        Encoding.ASCII.GetBytes(pattern == "*.xml"
            ? $"<CCTSDK><event name=\"Site\"><data name=\"agentPassword\" value=\"{Password}\"/></event></CCTSDK>"
            : $"?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword={Password}&agentQueue=7700"),
    ];

    private static byte[] Request(byte[] query, Uri listener)
    {
        string text = Encoding.UTF8.GetString(query);
        string target = text[Math.Max(text.IndexOf('?', StringComparison.Ordinal), 0)..].TrimStart('?');
        return Encoding.UTF8.GetBytes(
            $"GET /?{target} HTTP/1.1\r\nHost: {listener.Authority}\r\nUser-Agent: Java/1.8.0\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    }

    private static byte[] Answer(byte[] document) =>
    [
        .. Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {document.Length}\r\nConnection: close\r\n\r\n")),
        .. document,
    ];

    /// <summary>Plays EBS. Accepts any request, and answers with something that is almost an answer.</summary>
    private sealed class GarbageServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Mutator _answers;

        public GarbageServer(Mutator answers)
        {
            _answers = answers;
            _listener.Start();
            _ = Task.Run(AcceptAsync);
        }

        public EbsAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

        public string LastAnswer { get; private set; } = "";

        public void Dispose() => _listener.Stop();

        private async Task AcceptAsync()
        {
            byte[] request = new byte[4096];
            while (true)
            {
                try
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    using var patience = new CancellationTokenSource(Patience);
                    _ = await client.GetStream().ReadAsync(request, patience.Token);
                    byte[] answer = _answers.Next();
                    LastAnswer = Encoding.Latin1.GetString(answer);
                    await client.GetStream().WriteAsync(answer, patience.Token);
                }
                catch (Exception exception) when (
                    exception is IOException or SocketException { SocketErrorCode: not SocketError.OperationAborted } or OperationCanceledException)
                {
                    // The client has closed the connection.
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        }
    }
}
