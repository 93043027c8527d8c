using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>WebSoftphone's page as far as its talk with the softphone goes: what it asks for, and what it is told.</summary>
internal sealed class PhonePage : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();

    public PhonePage(Uri softphone)
    {
        Url = new(softphone, "/phone/");
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Url, Timeout = Deadline };
    }

    public Uri Url { get; }

    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public Task<HttpResponseMessage> GetAsync(string target) => _http.GetAsync(new Uri(Url, target));

    /// <summary>Asks as the page does.</summary>
    /// <returns>Why it is not done. Null: it is.</returns>
    public async Task<string?> AskAsync(string action, string? number = null, string agentId = "7001", string extension = "70002")
    {
        using HttpRequestMessage request = Post(action, number, agentId, extension);
        request.Headers.Add("Origin", Origin);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage answer = await SendAsync(request);
        if (answer.IsSuccessStatusCode)
        {
            return null;
        }

        Assert.Equal(409, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString();
    }

    /// <summary>What the page would send, without what the browser adds.</summary>
    public HttpRequestMessage Post(string action, string? number = null, string agentId = "7001", string extension = "70002") =>
        new(HttpMethod.Post, new Uri(Url, action)) { Content = JsonContent.Create(new { agentId, extension, number }) };

    /// <summary>Connects to the stream of news.</summary>
    public async Task<News> FollowAsync()
    {
        HttpResponseMessage answer = await _http.GetAsync(new Uri(Url, "events"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, await answer.Content.ReadAsStreamAsync(_end.Token));
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _http.Dispose();
    }

    /// <summary>What an open page is told.</summary>
    internal sealed class News(HttpResponseMessage answer, Stream stream) : IDisposable
    {
        private readonly StreamReader _reader = new(stream);
        private readonly List<string> _lines = [];

        /// <summary>All that has come so far.</summary>
        public string Text => string.Join('\n', _lines);

        /// <summary>Waits for news of a kind, <c>state</c> or <c>wire</c>, with those words in it.</summary>
        public async Task<JsonElement> NextAsync(string kind, params string[] words)
        {
            using var deadline = new CancellationTokenSource(Deadline);
            string current = "";
            try
            {
                while (await _reader.ReadLineAsync(deadline.Token) is { } line)
                {
                    _lines.Add(line);
                    if (line.StartsWith("event: ", StringComparison.Ordinal))
                    {
                        current = line["event: ".Length..];
                    }
                    else if (line.StartsWith("data: ", StringComparison.Ordinal) && current == kind && Array.TrueForAll(words, word => line.Contains(word, StringComparison.Ordinal)))
                    {
                        using var document = JsonDocument.Parse(line["data: ".Length..]);
                        return document.RootElement.Clone();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No news with {string.Join(", ", words)} came. So far:\n{Text}");
            }

            throw new EndOfStreamException($"The news ended without {string.Join(", ", words)}:\n{Text}");
        }

        /// <summary>Waits for the end of the stream.</summary>
        public async Task EndAsync()
        {
            using var deadline = new CancellationTokenSource(Deadline);
            while (await _reader.ReadLineAsync(deadline.Token) is { } line)
            {
                _lines.Add(line);
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            answer.Dispose();
        }
    }
}
