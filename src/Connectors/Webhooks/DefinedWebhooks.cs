using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Connectors.Webhooks;

/// <summary>Webhooks as a connector's definition describes them. Immutable; one serves all webhooks at once.</summary>
internal sealed class DefinedWebhooks : IWebhookFormat
{
    private readonly IReadOnlyDictionary<string, EntityPlan> _entities;
    private readonly Dictionary<string, Codec> _keys;
    private readonly WebhookValue _entity;
    private readonly WebhookPath _key;
    private readonly WebhookValue? _change;
    private readonly WebhookVersion? _version;
    private readonly WebhookPath? _record;
    private readonly string? _idHeader;
    private readonly WebhookPath? _idPath;
    private readonly WebhookHandshake? _handshake;

    private DefinedWebhooks(WebhooksDefinition webhooks, ConnectorPlan connector, Dictionary<string, Codec> keys)
    {
        _entities = connector.Entities;
        _keys = keys;
        _entity = new WebhookValue(webhooks.Entity);
        _key = new WebhookPath(webhooks.Key);
        _change = webhooks.Change is { } change ? new WebhookValue(change) : null;
        _version = webhooks.Version is { } version ? new WebhookVersion(version) : null;
        _record = webhooks.Record is { } record ? new WebhookPath(record) : null;
        _idHeader = webhooks.Id?.Header;
        _idPath = webhooks.Id?.Path is { } id ? new WebhookPath(id) : null;
        _handshake = webhooks.Handshake is { } handshake ? new WebhookHandshake(handshake) : null;
        Signature = WebhookSchemes.Of(webhooks);
        SettleDelay = TimeSpan.FromSeconds(webhooks.SettleSeconds);
    }

    /// <inheritdoc/>
    public SignatureScheme Signature { get; }

    /// <inheritdoc/>
    public TimeSpan SettleDelay { get; }

    /// <summary>Compiles a definition's section; null where it has none.</summary>
    /// <exception cref="DefinitionException">Keys of an entity cannot be read alone.</exception>
    public static DefinedWebhooks? Compile(ConnectorPlan connector)
    {
        if (connector.Definition.Webhooks is not { } webhooks)
        {
            return null;
        }

        var keys = connector.Entities.Values.Select(e => (e.Name, Codec: e.Records.TryGetField("key", out var key) ? key.Codec : null)).ToArray();
        var problems = keys.Where(k => k.Codec is null)
            .Select(k => new DefinitionProblem(webhooks.Line, $"Webhooks need the keys of {k.Name} at one place of its records."))
            .ToArray();
        return problems.Length == 0
            ? new DefinedWebhooks(webhooks, connector, keys.ToDictionary(k => k.Name, k => k.Codec!, StringComparer.Ordinal))
            : throw new DefinitionException(connector.Definition.File, problems);
    }

    /// <inheritdoc/>
    public string? IdOf(WebhookRequest request)
    {
        if (_idHeader is not null)
        {
            return request.Header(_idHeader) is { Length: > 0 } id ? id : null;
        }

        if (_idPath is null || !WebhookBody.TryParse(request.Body, out var body))
        {
            return null;
        }

        using (body)
        {
            return _idPath.FindText(body.Root);
        }
    }

    /// <inheritdoc/>
    public WebhookNotice Read(ReadOnlyMemory<byte> body)
    {
        using var webhook = WebhookBody.Parse(body);
        var entity = EntityOf(webhook.Root);
        return new WebhookNotice(entity, KeyOf(webhook.Root, _keys[entity])) { Change = ChangeOf(webhook.Root), Version = _version?.Read(webhook.Root) };
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? RecordOf(ReadOnlyMemory<byte> body)
    {
        if (_record is null)
        {
            return null;
        }

        using var webhook = WebhookBody.Parse(body);
        var entity = EntityOf(webhook.Root);
        var record = _record.Find(webhook.Root);
        return record.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.Object => Map(_entities[entity], record),
            _ => throw new WebhookFormatException($"The webhook's record is not an object ('{_record.Text}')."),
        };
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? AnswerToHandshake(WebhookRequest request) => _handshake?.Answer(request);

    private static ReadOnlyMemory<byte>? Map(EntityPlan entity, JsonElement record)
    {
        var source = JsonMarshal.GetRawUtf8Value(record);
        var output = new ArrayBufferWriter<byte>(source.Length);
        try
        {
            entity.Records.WriteRecord(source, output, includeRaw: false);
            return output.WrittenMemory;
        }
        catch (ApiException e)
        {
            // Without the cause, whose message has the record's key.
            var details = string.Join("; ", e.Details.Select(d => $"{d.Field} {d.Message}"));
            throw new WebhookFormatException($"The webhook's record cannot be read as {entity.Name}: {details}.");
        }
    }

    private string EntityOf(JsonElement body)
    {
        var entity = _entity.Read(body) ?? throw new WebhookFormatException($"The webhook does not say what it is about ('{_entity.Place}').");
        return _keys.ContainsKey(entity) ? entity : throw new WebhookFormatException($"The webhook is about something that this connector does not have ('{_entity.Place}').");
    }

    private string KeyOf(JsonElement body, Codec codec)
    {
        var value = _key.Find(body);
        return value.ValueKind != JsonValueKind.Undefined && codec.TryRead(value, out var key) && !string.IsNullOrEmpty(key)
            ? key
            : throw new WebhookFormatException($"The webhook has no key of a record ('{_key.Text}').");
    }

    // A word that nobody listed tells nothing: the comparison with the record will.
    private ChangeKind? ChangeOf(JsonElement body) => _change?.Read(body) switch
    {
        "created" => ChangeKind.Created,
        "updated" => ChangeKind.Updated,
        "deleted" => ChangeKind.Deleted,
        _ => null,
    };
}
