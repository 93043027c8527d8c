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

/// <summary>Acts as WebSoftphone's page: sends its requests and receives its news.</summary>
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

    /// <summary>Sends a request of the page.</summary>
    /// <returns>The error message, or <see langword="null"/> on success.</returns>
    public async Task<string?> AskAsync(string action, string? number = null, string agentId = "7001", string extension = "70002")
    {
        using HttpRequestMessage request = Post(action, number, agentId, extension);
        request.Headers.Add("Origin", Origin);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage response = await SendAsync(request);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        Assert.Equal(409, (int)response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString();
    }

    /// <summary>Creates a request of the page without the headers that the browser adds.</summary>
    public HttpRequestMessage Post(string action, string? number = null, string agentId = "7001", string extension = "70002") =>
        new(HttpMethod.Post, new Uri(Url, action)) { Content = JsonContent.Create(new { agentId, extension, number }) };

    /// <summary>Connects to the news stream.</summary>
    public async Task<News> FollowAsync()
    {
        HttpResponseMessage response = await _http.GetAsync(new Uri(Url, "events"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response, await response.Content.ReadAsStreamAsync(_end.Token));
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _http.Dispose();
    }

    /// <summary>Represents the news stream of an open page.</summary>
    internal sealed class News(HttpResponseMessage response, Stream stream) : IDisposable
    {
        private readonly StreamReader _reader = new(stream);
        private readonly List<string> _lines = [];

        /// <summary>Gets all text received so far.</summary>
        public string Text => string.Join('\n', _lines);

        /// <summary>Waits for news of a kind, <c>state</c> or <c>wire</c>, that contains the words.</summary>
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
                    else if (line.StartsWith("data: ", StringComparison.Ordinal)
                        && current == kind
                        && Array.TrueForAll(words, word => line.Contains(word, StringComparison.Ordinal)))
                    {
                        using var document = JsonDocument.Parse(line["data: ".Length..]);
                        return document.RootElement.Clone();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No news contains {string.Join(", ", words)}. News so far:\n{Text}");
            }

            throw new EndOfStreamException($"The news stream ended without {string.Join(", ", words)}:\n{Text}");
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
            response.Dispose();
        }
    }
}
