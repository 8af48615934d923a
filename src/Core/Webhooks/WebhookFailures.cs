using System.Globalization;
using System.Text;
using Millwright.Core.Errors;
using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>The webhooks that could not be processed: listed, and replayed when their cause is gone.</summary>
public sealed class WebhookFailures(ITableStore tables, IQueueSender queue, TimeProvider time)
{
    /// <summary>What the monthly tables' names start with.</summary>
    public const string TablePrefix = "WebhookFailures";

    /// <summary>The code of a webhook that says nothing we can use.</summary>
    public const string Unreadable = "UNREADABLE_WEBHOOK";

    private const int TimeDigits = 12;
    private const int IdLength = 32;
    private const int MaxMessageLength = 2_000;

    private readonly MonthlyTables _months = new(tables, TablePrefix);

    /// <summary>Parks the webhook. Parking it again replaces the cause.</summary>
    public async Task ParkAsync(WebhookEnvelope webhook, string code, string message, int attempts, CancellationToken cancellationToken)
    {
        var failure = new WebhookFailure(
            IdOf(webhook), webhook, code, message[..Math.Min(message.Length, MaxMessageLength)], attempts, time.GetUtcNow(), FailureState.Parked);
        while (await TableOf(failure).TryInsertAsync(ToRow(failure), cancellationToken) is null)
        {
            // A replay may have been counted meanwhile.
            if (await ReadAsync(webhook.ApplicationId, failure.Id, cancellationToken) is { } known
                && await TryStoreAsync(
                    failure with { Webhook = webhook with { Replay = Math.Max(webhook.Replay, known.Webhook.Replay) }, ETag = known.ETag }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Marks the webhook's failure, if there is one, as resolved.</summary>
    public async Task ResolveAsync(WebhookEnvelope webhook, CancellationToken cancellationToken)
    {
        while (await ReadAsync(webhook.ApplicationId, IdOf(webhook), cancellationToken) is { State: not FailureState.Resolved } known
            && !await TryStoreAsync(known with { State = FailureState.Resolved }, cancellationToken))
        {
            // Changed at the same time: look again.
        }
    }

    /// <summary>The failure.</summary>
    /// <exception cref="ApiException"><c>FAILURE_NOT_FOUND</c>.</exception>
    public async Task<WebhookFailure> GetAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        (IsId(id) ? await ReadAsync(applicationId, id, cancellationToken) : null)
        ?? throw new ApiException(ErrorCode.FailureNotFound, "There is no failed webhook with this id.");

    /// <summary>The failures, the oldest first.</summary>
    public async IAsyncEnumerable<WebhookFailure> ListAsync(
        FailureQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string?[] starts = [query.After is { } after ? after + '\0' : null, query.From is { } time ? Digits(time) : null];
        var from = starts.Max(StringComparer.Ordinal);
        var range = new RowRange(from, query.Before is { } before ? Digits(before) : null);
        await foreach (var table in _months.SinceAsync(query.From ?? DateTimeOffset.MinValue, cancellationToken))
        {
            await foreach (var row in table.QueryAsync(TableKey.Encode(query.ApplicationId), range, cancellationToken))
            {
                if (FromRow(row) is var failure
                    && (query.State is null || failure.State == query.State)
                    && (query.ConnectionId is null || failure.Webhook.ConnectionId == query.ConnectionId))
                {
                    yield return failure;
                }
            }
        }
    }

    /// <summary>Sends the webhook to the queue again. One that is resolved stays as it is.</summary>
    /// <returns>The failure as it is then.</returns>
    /// <exception cref="ApiException"><c>FAILURE_NOT_FOUND</c>.</exception>
    public async Task<WebhookFailure> ReplayAsync(string applicationId, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var failure = await GetAsync(applicationId, id, cancellationToken);
            if (failure.State == FailureState.Resolved)
            {
                return failure;
            }

            // Counted before it is sent, so that two replays at once are two stages of which the second finds the first done.
            var replayed = failure with
            {
                Webhook = failure.Webhook with { Replay = failure.Webhook.Replay + 1, Attempt = 0, Recheck = 0 },
                State = FailureState.Replaying,
            };
            if (await TryStoreAsync(replayed, cancellationToken))
            {
                await queue.SendAsync(WebhookQueue.Name, replayed.Webhook.ToMessage(at: null), CancellationToken.None);
                return replayed;
            }
        }
    }

    /// <summary>Drops the months that are older than the retention.</summary>
    public Task<IReadOnlyList<string>> DropOldAsync(TimeSpan retention, CancellationToken cancellationToken) =>
        _months.DropOldAsync(time.GetUtcNow(), retention, beforeDrop: null, cancellationToken);

    private static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    private static string Digits(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);

    // The time of receipt tells the month, so that an id is enough to find the row.
    private static string IdOf(WebhookEnvelope webhook) => Digits(webhook.ReceivedAt) + webhook.Id[..(IdLength - TimeDigits)];

    private static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(long.Parse(id.AsSpan(0, TimeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static TableRow ToRow(WebhookFailure failure) => new(TableKey.Encode(failure.Webhook.ApplicationId), failure.Id)
    {
        ETag = failure.ETag,
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Webhook"] = Encoding.UTF8.GetBytes(failure.Webhook.ToJson()),
            ["Code"] = failure.Code,
            ["Message"] = failure.Message,
            ["Attempts"] = (long)failure.Attempts,
            ["ParkedAt"] = failure.ParkedAt,
            ["State"] = failure.State.ToString(),
        },
    };

    private static WebhookFailure FromRow(TableRow row) => new(
        row.RowKey,
        WebhookEnvelope.FromJson(Encoding.UTF8.GetString(row.Bytes("Webhook")!)),
        row.Text("Code")!,
        row.Text("Message")!,
        (int)row.Number("Attempts")!.Value,
        row.Time("ParkedAt")!.Value,
        Enum.Parse<FailureState>(row.Text("State")!))
    {
        ETag = row.ETag,
    };

    private ITable TableOf(WebhookFailure failure) => _months.At(TimeOf(failure.Id));

    private async Task<WebhookFailure?> ReadAsync(string applicationId, string id, CancellationToken cancellationToken) =>
        await _months.At(TimeOf(id)).GetAsync(TableKey.Encode(applicationId), id, cancellationToken) is { } row ? FromRow(row) : null;

    private async Task<bool> TryStoreAsync(WebhookFailure failure, CancellationToken cancellationToken) =>
        await TableOf(failure).TryReplaceAsync(ToRow(failure), cancellationToken) is not null;
}
