using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Core.Events;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>An authentic webhook on its way through the queue, the fallback table or the failures.</summary>
public sealed record WebhookEnvelope
{
    /// <summary>
    /// The most bytes of an envelope as JSON: what one table property holds, with room to spare within a message. A larger body travels
    /// as a blob.
    /// </summary>
    public const int Limit = TableLimits.PropertyBytes - 1024;

    // As base64, 60 KiB; what else there is has the rest.
    private const int InlineBodyBytes = 45 * 1024;
    private const int InlineRestBytes = 2 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter<ChangeKind>() },
    };

    /// <summary>Tells the webhook from every other one: a hash of its connection and the sender's id for it, or its signed bytes. 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whose system sent it.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Whose connection that is.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>The kind of system.</summary>
    public required string Provider { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The request id of the call that brought it.</summary>
    public required string RequestId { get; init; }

    /// <summary>The W3C trace of that call, which processing goes on with; null where there was none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The entity that it is about; null where that could not be read.</summary>
    public string? Entity { get; init; }

    /// <summary>The record that it is about; null where that could not be read.</summary>
    public string? Key { get; init; }

    /// <summary>What the sender says happened.</summary>
    public ChangeKind? Change { get; init; }

    /// <summary>See <see cref="WebhookNotice.Version"/>.</summary>
    public long? Version { get; init; }

    /// <summary>Why it cannot be processed, where that was known at once.</summary>
    public string? Problem { get; init; }

    /// <summary>The raw bytes; null where they are in a blob.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The blob that holds the raw bytes; null where they are here.</summary>
    public string? BodyBlob { get; init; }

    /// <summary>How often processing it was put off after a failure.</summary>
    public int Attempt { get; init; }

    /// <summary>How often the record was read again because it had not changed yet.</summary>
    public int Recheck { get; init; }

    /// <summary>How often an operator replayed it.</summary>
    public int Replay { get; init; }

    /// <summary>The envelope with its body, or with a reference to the blob that has it.</summary>
    public async Task<WebhookEnvelope> WithBodyAsync(ReadOnlyMemory<byte> body, IBlobs blobs, CancellationToken cancellationToken)
    {
        if (body.Length <= InlineBodyBytes && ToJson().Length <= InlineRestBytes)
        {
            return this with { Body = body.ToArray() };
        }

        var blob = $"webhooks/{ConnectionId}/{Id}";
        await blobs.PutAsync(blob, body, cancellationToken);
        return this with { BodyBlob = blob };
    }

    /// <summary>The raw bytes, wherever they are.</summary>
    /// <exception cref="WebhookFormatException">They are gone.</exception>
    public async Task<ReadOnlyMemory<byte>> BodyAsync(IBlobs blobs, CancellationToken cancellationToken) =>
        Body ?? (BodyBlob is null ? null : await blobs.GetAsync(BodyBlob, cancellationToken)) ?? throw new WebhookFormatException("The webhook's body is gone.");

    /// <summary>The same for the same webhook at the same stage, so that what is sent twice around a crash is there once.</summary>
    /// <remarks>
    /// A webhook that comes again with its body in a blob is another message: the queue must not drop what has to be processed for its blob
    /// to go.
    /// </remarks>
    [JsonIgnore]
    public string MessageId => $"{ConnectionId}.{Id}.{Replay:x}.{Attempt:x}.{Recheck:x}{(BodyBlob is null ? "" : $".{ReceivedAt.UtcTicks:x}")}";

    /// <summary>As a message for the queue of <see cref="WebhookQueue"/>. Its session is the record, whose webhooks are handled in order.</summary>
    /// <param name="at">Not before this time; null for at once.</param>
    public QueueMessage ToMessage(DateTimeOffset? at) => new(MessageId, ToJson())
    {
        SessionId = SessionOf(),
        ScheduledAt = at,
    };

    /// <summary>As JSON in ASCII, at most <see cref="Limit"/> bytes.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static WebhookEnvelope FromJson(string json) => JsonSerializer.Deserialize<WebhookEnvelope>(json, Options)!;

    // What cannot be read has a session of its own: it is parked, whatever its order.
    private string SessionOf() =>
        Entity is null ? $"{ConnectionId}/{Id}" : $"{ConnectionId}/{Entity}/{Key}" is { Length: <= QueueLimits.IdLength } session && session.All(char.IsAscii)
            ? session
            : $"{ConnectionId}/{SecretHash.Of($"{Entity}/{Key}")}";
}
