using System.Text;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>A system whose records the test changes, with webhooks signed as Standard Webhooks say.</summary>
internal sealed class FakeSource(TimeProvider time) : IConnector, IConnectorCatalogue, IConnectedSystem, IWebhookFormat
{
    public const string Provider = "fake";
    public const string Entity = "purchase-orders";

    private readonly Dictionary<string, SourceRecord> _records = new(StringComparer.Ordinal);

    /// <summary>Whether records tell when they changed.</summary>
    public bool Timed { get; set; }

    /// <summary>What a read answers instead of the record; null for the record.</summary>
    public Func<Exception?> Failure { get; set; } = () => null;

    /// <summary>Whether the connector can read one record.</summary>
    public bool Readable { get; set; } = true;

    /// <summary>Whether the connector takes webhooks.</summary>
    public bool SendsWebhooks { get; set; } = true;

    /// <summary>What happens while a read is under way.</summary>
    public Func<Task> WhileReading { get; set; } = () => Task.CompletedTask;

    /// <summary>Reads so far.</summary>
    public int Reads { get; private set; }

    public TimeSpan SettleDelay { get; set; }

    public SignatureScheme Signature => StandardWebhooks.Scheme;

    public IWebhookFormat? Webhooks => SendsWebhooks ? this : null;

    public Platform Platform => new(Provider, "Fake ERP", ["erp"], [], "", new Dictionary<string, EntityCapability>
    {
        [Entity] = new(
            Entity,
            Readable ? new Dictionary<string, IReadOnlyList<string>> { ["get"] = [] } : [],
            new Dictionary<string, FieldCapability>(),
            PagingStyle.Page,
            HasReference: false,
            new Dictionary<string, string>()),
    });

    public IReadOnlyList<IConnector> All => [this];

    /// <summary>Changes a record, or makes it.</summary>
    public SourceRecord Change(string key, string? title = null)
    {
        var version = _records.TryGetValue(key, out var known) ? known.Version + 1 : 1;
        return _records[key] = new SourceRecord(key, version, time.GetUtcNow(), title ?? $"{key} {version}", Gone: false);
    }

    /// <summary>Deletes a record.</summary>
    public SourceRecord Delete(string key) => _records[key] = Change(key) with { Gone = true };

    /// <summary>The record as it would be read; null where it is gone.</summary>
    public string? Json(string key) => _records.TryGetValue(key, out var record) && !record.Gone ? record.ToJson(Timed) : null;

    public IConnector? Find(string provider) => provider == Provider ? this : null;

    public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens) => this;

    public Task ProveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        Reads++;
        if (Failure() is { } failure)
        {
            throw failure;
        }

        var json = Json(request.Key!) ?? throw new ApiException(ErrorCode.RecordNotFound, "There is none.");
        await WhileReading();
        return new EntityResult(Encoding.UTF8.GetBytes(json));
    }

    public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken) =>
        Task.FromResult<EntityResult?>(null);

    public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is listed here.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public string? IdOf(WebhookRequest request) => request.Header(StandardWebhooks.IdHeader) is { } id && !id.StartsWith("none", StringComparison.Ordinal) ? id : null;

    public WebhookNotice Read(ReadOnlyMemory<byte> body)
    {
        var webhook = SourceWebhook.Parse(body);
        return new WebhookNotice(Entity, webhook.Key) { Change = webhook.Change, Version = webhook.Version };
    }

    public ReadOnlyMemory<byte>? RecordOf(ReadOnlyMemory<byte> body) => SourceWebhook.Parse(body).RecordJson();

    public ReadOnlyMemory<byte>? AnswerToHandshake(WebhookRequest request) => request.QueryValues("handshake") is [var token] ? Encoding.UTF8.GetBytes(token) : default(ReadOnlyMemory<byte>?);
}
