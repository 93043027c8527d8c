using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

[Collection(Law.Collection)]
public class AgentDesktopLaws
{
    /// <summary>What a client does with a request.</summary>
    internal enum Answer
    {
        Delivered,
        Refused,
        NotSent,
        Unknown,
        Throws,
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_happens_each_event_ends_once_in_its_order_and_is_not_doubled(bool retryUnknown)
    {
        Gen<Answer> answer = Gen.Frequency<Answer>(
            (6, Gen.Constant(Answer.Delivered)), (1, Gen.Constant(Answer.Refused)), (4, Gen.Constant(Answer.NotSent)), (1, Gen.Constant(Answer.Unknown)),
            (1, Gen.Constant(Answer.Throws)));
        Gen<Call> call =
            from agent in Gen.Choose(0, 2)
            from answers in Gen.ListOf(answer)
            from cancels in Gen.Frequency<int>((3, Gen.Constant(-1)), (1, Gen.Choose(0, 3)))
            from cancelAfter in Gen.Choose(0, 5)
            from isEstablished in Gen.Elements(true, true, false)
            from isAwaited in Gen.Elements(true, false)
            select new Call(agent, [.. answers], cancels, cancelAfter, isEstablished, isAwaited);
        Arbitrary<Call[]> days = Arb.From(
            Gen.Choose(1, 12).SelectMany(count => Gen.ArrayOf(call, count)),
            day => Enumerable.Range(0, day.Length).Select(left => day.Where((_, i) => i != left).ToArray()));

        Law.Holds(
            days, day => string.Join("; ", day.Select(one => one.ToString())), day =>
                Task.Run(() => LiveAsync(day, retryUnknown)).GetAwaiter().GetResult(), tests: 100);
    }

    private static async Task LiveAsync(Call[] day, bool retryUnknown)
    {
        var registry = new InMemoryAgentRegistry();
        AgentIdentity[] agents = [new("0", "0"), new("1", "1"), new("2", "2")];
        foreach (AgentIdentity agent in agents)
        {
            await registry.RegisterAsync(agent, new("127.0.0.1", 1000 + int.Parse(agent.AgentId, System.Globalization.CultureInfo.InvariantCulture)));
        }

        var client = new Client();
        var observer = new RecordingObserver();
        await using var observers = new ObserverHub(observer);
        var options = new AgentDesktopOptions
        {
            RetryUnknown = retryUnknown,
            QueueCapacity = 5,
            FirstRetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromMilliseconds(4),
            ScreenPopTimeToLive = TimeSpan.FromMilliseconds(20),
            SessionTimeToLive = TimeSpan.FromMilliseconds(40),
            ShutdownTimeout = TimeSpan.FromMilliseconds(20),
        };
        var desktops = new AgentDesktops(registry, client, options, observers);
        var asked = new ConcurrentQueue<Asked>();
        object[] order = [new(), new(), new()];

        Task living = Task.WhenAll(day.Select((call, i) => LiveOneAsync(call, i)));
        bool endsEarly = day[0].Cancels == 3;
        if (endsEarly)
        {
            await desktops.DisposeAsync().AsTask().Within("the end");
        }

        await living.Within("all calls");
        await desktops.DisposeAsync().AsTask().Within("the end");
        await observers.FlushAsync();

        Check();

        async Task LiveOneAsync(Call call, int id)
        {
            var pop = new ScreenPopEvent { SourceId = id.ToString(System.Globalization.CultureInfo.InvariantCulture), Ani = null, Dnis = null };
            client.Script(pop.SourceId, call.Answers);
            try
            {
                AgentDesktop desktop = desktops[agents[call.Agent]];
                CallSession? session = null;
                await AskAsync(pop, 0, async token =>
                {
                    session = await desktop.ScreenPopAsync(pop, token);
                    return session.ScreenPop;
                });
                if (session is null)
                {
                    return;
                }

                Task establishing = call.IsEstablished ? AskAsync(
                    new CallEstablishedEvent { SourceId = pop.SourceId }, 1, session.EstablishedAsync) : Task.CompletedTask;
                if (call.IsAwaited)
                {
                    await establishing;
                }

                await AskAsync(new CallReleasedEvent { SourceId = pop.SourceId }, 2, session.ReleasedAsync);
                await establishing;
            }
            catch (ObjectDisposedException)
            {
                // The day ended early.
            }

            async Task AskAsync(CallEvent callEvent, int place, Func<CancellationToken, Task<EventDelivery>> ask)
            {
                using var token = new CancellationTokenSource();
                if (call.Cancels == place)
                {
                    token.CancelAfter(call.CancelAfter);
                }

                Task<EventDelivery> asking;
                Asked one;
                lock (order[call.Agent])
                {
                    asking = ask(token.Token);
                    one = new Asked(callEvent);
                    asked.Enqueue(one);
                }

                try
                {
                    one.Delivery = await asking;
                }
                catch (OperationCanceledException)
                {
                    one.IsCancelled = true;
                }
                catch (ObjectDisposedException)
                {
                    one.IsMistake = true;
                    throw;
                }
            }
        }

        void Check()
        {
            ILookup<CallEvent, (CallEvent Event, Answer Answer)> tries = client.Tries.ToLookup(one => one.Event);
            foreach (Asked one in asked)
            {
                Answer[] answers = [.. tries[one.Event].Select(attempt => attempt.Answer)];
                int mayHaveArrived = answers.Count(answer => answer != Answer.NotSent);
                Assert.True(retryUnknown || mayHaveArrived <= 1, "doubled");
                Assert.True(one.IsCancelled ^ one.IsMistake ^ (one.Delivery is not null), "no end");
                Assert.Equal(one.Delivery is null ? 0 : 1, observer.Observations.Cast<EventOutcomeObservation>().Count(seen => seen.Event.Equals(one.Event)));
                switch (one.Delivery?.Status)
                {
                    case EventDeliveryStatus.Delivered:
                        Assert.Equal(Answer.Delivered, answers.Last());
                        break;
                    case EventDeliveryStatus.Refused:
                        Assert.Equal(Answer.Refused, answers.Last());
                        break;
                    case EventDeliveryStatus.Unknown:
                        // What is being sent when the time to close is over is given up before the client says what came of it.
                        Assert.True(mayHaveArrived > 0 || endsEarly, "unknown, though nothing was sent");
                        break;
                    default:
                        Assert.Equal(0, mayHaveArrived);
                        break;
                }
            }

            foreach (int agent in Enumerable.Range(0, agents.Length))
            {
                // The tries of one event follow each other, and the events come as they were asked for.
                List<CallEvent> sent = [];
                foreach (
                    CallEvent one in client.Tries.Select(attempt => attempt.Event).Where(
                        one => day[int.Parse(one.SourceId, System.Globalization.CultureInfo.InvariantCulture)].Agent == agent))
                {
                    if (sent.Count == 0 || !sent[sent.Count - 1].Equals(one))
                    {
                        sent.Add(one);
                    }
                }

                Assert.Equal(asked.Select(one => one.Event).Where(sent.Contains), sent);
            }

            Assert.False(client.HasOverlapped, "two at a time");
        }
    }

    /// <param name="agent">Whose call it is.</param>
    /// <param name="answers">What the client does with its requests; after that it delivers.</param>
    /// <param name="cancels">Which of its events is cancelled; -1: none.</param>
    /// <param name="cancelAfter">After how many milliseconds.</param>
    /// <param name="isEstablished">Whether it is answered.</param>
    /// <param name="isAwaited">Whether CallEstablished is awaited before CallReleased is asked for.</param>
    internal sealed class Call(int agent, Answer[] answers, int cancels, int cancelAfter, bool isEstablished, bool isAwaited)
    {
        public int Agent { get; } = agent;

        public Answer[] Answers { get; } = answers;

        public int Cancels { get; } = cancels;

        public int CancelAfter { get; } = cancelAfter;

        public bool IsEstablished { get; } = isEstablished;

        public bool IsAwaited { get; } = isAwaited;

        public override string ToString() =>
            $"agent {Agent}: {string.Join(" ", Answers)}{(Cancels < 0 ? "" : $", cancels {Cancels} after {CancelAfter}")}"
            + $"{(IsEstablished ? ", established" : "")}{(IsAwaited ? "" : " without waiting")}";
    }

    private sealed class Asked(CallEvent callEvent)
    {
        public CallEvent Event { get; } = callEvent;

        public EventDelivery? Delivery { get; set; }

        public bool IsCancelled { get; set; }

        public bool IsMistake { get; set; }
    }

    /// <summary>Answers by each call's script, and then delivers.</summary>
    private sealed class Client : IEventClient
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _scripts = new();
        private readonly ConcurrentDictionary<EbsAddress, bool> _busy = new();

        public ConcurrentQueue<(CallEvent Event, Answer Answer)> Tries { get; } = new();

        public bool HasOverlapped { get; private set; }

        public void Script(string sourceId, Answer[] answers) => _scripts[sourceId] = new(answers);

        public async Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
        {
            var callEvent = (CallEvent)cctEvent;
            HasOverlapped |= !_busy.TryAdd(ebsAddress, true);
            Answer answer = _scripts[callEvent.SourceId].TryDequeue(out Answer scripted) ? scripted : Answer.Delivered;
            Tries.Enqueue((callEvent, answer));
            await Task.Yield();
            _ = _busy.TryRemove(ebsAddress, out _);
            return answer switch
            {
                Answer.Throws => throw new InvalidOperationException(),
                Answer.NotSent => new() { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.Unreachable },
                Answer.Delivered => new() { Status = EventDeliveryStatus.Delivered },
                Answer.Refused => new() { Status = EventDeliveryStatus.Refused },
                _ => new() { Status = EventDeliveryStatus.Unknown },
            };
        }
    }
}
