using System.Globalization;
using System.Text;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Bench;

/// <summary>A system whose records the test changes, with webhooks signed as Standard Webhooks say.</summary>
internal sealed class FakeSource(TimeProvider time) : IConnector, IConnectorCatalogue, IConnectedSystem, IWebhookFormat
{
    public const string Provider = "fake";
    public const string Entity = "purchase-orders";

    private readonly Dictionary<(string Entity, string Key), SourceRecord> _records = [];
    private readonly List<(string Key, string? Json)> _history = [];

    /// <summary>Which entities there are.</summary>
    public IReadOnlyList<string> Entities { get; set; } = [Entity];

    /// <summary>Whether records tell when they changed, and can be found by that.</summary>
    public bool Timed { get; set; }

    /// <summary>How far its clock is ahead of ours.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Records in a page of a walk.</summary>
    public int PageSize { get; set; } = 200;

    /// <summary>Records that can be read but are not listed.</summary>
    public HashSet<string> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>What a read answers instead of the record; null for the record.</summary>
    public Func<Exception?> Failure { get; set; } = () => null;

    /// <summary>What a page of a walk answers instead of the records; null for the records.</summary>
    public Func<ScanRequest, Exception?> ScanFailure { get; set; } = _ => null;

    /// <summary>Whether the connector can read one record.</summary>
    public bool Readable { get; set; } = true;

    /// <summary>Whether the connector takes webhooks.</summary>
    public bool SendsWebhooks { get; set; } = true;

    /// <summary>Whether it hides behind an error of its own what keeps a request from being made.</summary>
    public bool HidesFaults { get; set; }

    /// <summary>What happens while a read is under way.</summary>
    public Func<Task> WhileReading { get; set; } = () => Task.CompletedTask;

    /// <summary>Reads so far.</summary>
    public int Reads { get; private set; }

    /// <summary>The pages of walks that were asked for so far.</summary>
    public List<ScanRequest> Scans { get; } = [];

    /// <summary>When it was sent a request of either kind.</summary>
    public List<DateTimeOffset> Requests { get; } = [];

    public TimeSpan SettleDelay { get; set; }

    public SignatureScheme Signature => StandardWebhooks.Scheme;

    public IWebhookFormat? Webhooks => SendsWebhooks ? this : null;

    public Platform Platform => new(Provider, "Fake ERP", ["erp"], [], "", Entities.ToDictionary(e => e, CapabilityOf, StringComparer.Ordinal));

    public IReadOnlyList<IConnector> All => [this];

    /// <summary>Changes a record, or makes it.</summary>
    public SourceRecord Change(string key, string? title = null, string entity = Entity)
    {
        var version = NextVersion(entity, key);
        var record = new SourceRecord(key, version, time.GetUtcNow() + ClockAhead, title ?? $"{key} {version}", Gone: false);
        _history.Add((key, record.ToJson(Timed)));
        return _records[(entity, key)] = record;
    }

    /// <summary>Deletes a record.</summary>
    public SourceRecord Delete(string key, string entity = Entity)
    {
        _history.Add((key, null));
        return _records[(entity, key)] = new SourceRecord(key, NextVersion(entity, key), time.GetUtcNow() + ClockAhead, "", Gone: true);
    }

    /// <summary>The record as it would be read; null where it is gone.</summary>
    public string? Json(string key, string entity = Entity) => _records.TryGetValue((entity, key), out var record) && !record.Gone ? record.ToJson(Timed) : null;

    /// <summary>All that the record ever was, null where it was gone.</summary>
    public IReadOnlyList<string?> HistoryOf(string key) => [.. _history.Where(h => h.Key == key).Select(h => h.Json)];

    public IConnector? Find(string provider) => provider == Provider ? this : null;

    public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens) => this;

    public Task ProveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        await RequestAsync(cancellationToken);
        Reads++;
        if (Failure() is { } failure)
        {
            throw failure;
        }

        var json = Json(request.Key!, request.Entity.Name) ?? throw new ApiException(ErrorCode.RecordNotFound, "There is none.");
        await WhileReading();
        return new EntityResult(Encoding.UTF8.GetBytes(json));
    }

    public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken) =>
        Task.FromResult<EntityResult?>(null);

    public async Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        await RequestAsync(cancellationToken);
        Scans.Add(request);
        if (ScanFailure(request) is { } failure)
        {
            throw failure;
        }

        // In the order of their changes, so that what changes during a walk comes up again; or else of their keys, so that nothing moves.
        var all = _records
            .Where(r => r.Key.Entity == request.Entity.Name && !r.Value.Gone && !Hidden.Contains(r.Value.Key) && !(r.Value.UpdatedAt < request.Since))
            .Select(r => (Place: request.Since is null ? r.Value.Key : $"{r.Value.UpdatedAt.ToString("O", CultureInfo.InvariantCulture)} {r.Value.Key}", Record: r.Value))
            .OrderBy(r => r.Place, StringComparer.Ordinal)
            .ToList();
        var page = all.Where(r => string.CompareOrdinal(r.Place, request.Position) > 0).Take(PageSize).ToList();
        var isLast = page.Count == 0 || page[^1] == all[^1];
        var json = $"[{string.Join(',', page.Select(r => r.Record.ToJson(Timed)))}]";
        await WhileReading();
        return new ScanPage(Encoding.UTF8.GetBytes(json), isLast ? null : page[^1].Place) { Total = all.Count };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public string? IdOf(WebhookRequest request) => request.Header(StandardWebhooks.IdHeader) is { } id && !id.StartsWith("none", StringComparison.Ordinal) ? id : null;

    public WebhookNotice Read(ReadOnlyMemory<byte> body)
    {
        var webhook = SourceWebhook.Parse(body);
        return new WebhookNotice(Entity, webhook.Key) { Change = webhook.Change, Version = webhook.Version };
    }

    public ReadOnlyMemory<byte>? RecordOf(ReadOnlyMemory<byte> body) => SourceWebhook.Parse(body).RecordJson();

    public ReadOnlyMemory<byte>? AnswerToHandshake(WebhookRequest request) => request.QueryValues("handshake") is [var token] ? Encoding.UTF8.GetBytes(token) : default(ReadOnlyMemory<byte>?);

    private async Task RequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            await UpstreamMeter.BeforeRequestAsync(cancellationToken);
        }
        catch (Exception e) when (HidesFaults)
        {
            throw new ApiException(ErrorCode.SourceUnreachable, "No request could be made.", e);
        }

        lock (Requests)
        {
            Requests.Add(time.GetUtcNow());
        }
    }

    private EntityCapability CapabilityOf(string entity) => new(
        entity,
        Readable ? new Dictionary<string, IReadOnlyList<string>> { ["get"] = [] } : [],
        new Dictionary<string, FieldCapability>(),
        PagingStyle.Page,
        HasReference: false,
        new Dictionary<string, string>())
    {
        Changes = Timed ? ChangeTracking.ModifiedTime : ChangeTracking.Comparison,
    };

    private long NextVersion(string entity, string key) => _records.TryGetValue((entity, key), out var known) ? known.Version + 1 : 1;
}
