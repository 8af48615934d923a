using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Millwright.Core.Events;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Bench;

/// <summary>What the fake source's webhooks hold.</summary>
internal sealed record SourceWebhook(string Key)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public ChangeKind? Change { get; init; }

    public long? Version { get; init; }

    public JsonElement? Record { get; init; }

    /// <summary>Fills the body up to a size.</summary>
    public string? Padding { get; init; }

    public static SourceWebhook Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<SourceWebhook>(body.Span) is { Key: not null } webhook ? webhook : throw new WebhookFormatException("It is about no record.");
        }
        catch (JsonException e)
        {
            throw new WebhookFormatException("It is not JSON.", e);
        }
    }

    /// <summary>With this record in it.</summary>
    public SourceWebhook Bringing(string record) => this with { Record = JsonSerializer.Deserialize<JsonElement>(record) };

    /// <summary>Its body.</summary>
    public byte[] ToBody() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Its body, filled up to exactly this many bytes.</summary>
    public byte[] ToBody(int size) => (this with { Padding = new string('p', size - (this with { Padding = "" }).ToBody().Length) }).ToBody();

    public ReadOnlyMemory<byte>? RecordJson() => Record is { } record ? Encoding.UTF8.GetBytes(record.GetRawText()) : default(ReadOnlyMemory<byte>?);
}
