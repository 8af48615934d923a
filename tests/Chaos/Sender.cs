using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Chaos.Tests;

/// <summary>Sends webhooks as a connected system does: again and again until it is answered for good. Keeps the ledger of the answers.</summary>
internal sealed class Sender(Uri target, string secret, ChangingSystem system) : IDisposable
{
    private const int Connections = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly string ForgersSecret = StandardWebhooks.SecretOf(new byte[32]);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly SemaphoreSlim _free = new(Connections);
    private readonly ConcurrentBag<Task> _sent = [];

    /// <summary>How often each authentic webhook was answered with 200, by the sender's id.</summary>
    public ConcurrentDictionary<string, int> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>How many forgeries were refused.</summary>
    public int Refused => _refused;

    private int _refused;

    /// <summary>Begins to send a webhook; waits while too many are under way.</summary>
    public async Task BeginAsync(Change change, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        _sent.Add(Task.Run(() => SendAsync(change, cancellationToken), cancellationToken));
    }

    /// <summary>Waits until every webhook was answered for good.</summary>
    public Task FinishAsync() => Task.WhenAll(_sent);

    public void Dispose()
    {
        _http.Dispose();
        _free.Dispose();
    }

    private async Task SendAsync(Change change, CancellationToken cancellationToken)
    {
        try
        {
            var body = Encoding.UTF8.GetBytes(BodyOf(change));
            while (await TrySendAsync(change, body, cancellationToken) is not { } status || !Settle(change, status))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <returns>Whether the answer is for good.</returns>
    private bool Settle(Change change, HttpStatusCode status)
    {
        var forged = change.Kind == WebhookKind.Forged;
        switch (status)
        {
            case HttpStatusCode.OK when !forged:
                Accepted.AddOrUpdate(change.WebhookId, 1, (_, before) => before + 1);
                return true;
            case HttpStatusCode.Unauthorized when forged:
                Interlocked.Increment(ref _refused);
                return true;
            case HttpStatusCode.ServiceUnavailable:
                return false;
            default:
                throw new InvalidOperationException($"{change} was answered with {status}.");
        }
    }

    /// <returns>The status; null where there was no answer.</returns>
    private async Task<HttpStatusCode?> TrySendAsync(Change change, byte[] body, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Headers.Add(StandardWebhooks.IdHeader, change.WebhookId);
        request.Headers.Add(StandardWebhooks.TimestampHeader, $"{now.ToUnixTimeSeconds()}");
        request.Headers.Add(
            StandardWebhooks.SignatureHeader,
            StandardWebhooks.Sign(change.Kind == WebhookKind.Forged ? ForgersSecret : secret, change.WebhookId, now, body));
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Killed, or not up again yet.
            return null;
        }
    }

    private string BodyOf(Change change)
    {
        if (change.Kind == WebhookKind.Unreadable)
        {
            return """{"type":"colours.updated","collection":"colours","id":"col_1","version":1}""";
        }

        var body = new JsonObject
        {
            ["type"] = "vendors.updated",
            ["collection"] = "vendors",
            ["id"] = system.IdOf(change.Record),
            ["version"] = change.Version,
            ["occurred_at"] = "2026-11-24T10:00:00.000Z",
        };
        if (change.Kind is WebhookKind.Fat or WebhookKind.Forged)
        {
            body["record"] = system.RecordOf(change);
        }

        return body.ToJsonString();
    }
}
