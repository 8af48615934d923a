using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Records;

/// <summary>One stored record: its bytes as they are sent, and the values it is filtered and sorted by. Never changes.</summary>
internal sealed class Record
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Record(Collection collection, long sequence, byte[] json, object?[] values)
    {
        Collection = collection;
        Sequence = sequence;
        Json = json;
        Values = values;
    }

    public Collection Collection { get; }

    /// <summary>The running number within the collection: the order of creation.</summary>
    public long Sequence { get; }

    public byte[] Json { get; }

    /// <summary>A string, decimal, bool or null for each of the collection's paths.</summary>
    public object?[] Values { get; }

    public string Id => (string)Values[0]!;

    public string State => (string)this["state"]!;

    public object? this[string path] => Values[Collection.IndexOf(path)];

    public static Record From(Collection collection, long sequence, JsonObject content) => Read(collection, sequence, Serialize(content));

    public static Record Read(Collection collection, long sequence, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new object?[collection.Paths.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ValueAt(document.RootElement, collection.Paths[i].Segments);
        }

        return new Record(collection, sequence, json, values);
    }

    public static byte[] Serialize(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Plain);

    /// <summary>A copy of the content that may be changed.</summary>
    public JsonObject Open() => JsonNode.Parse(Json)!.AsObject();

    private static object? ValueAt(JsonElement element, string[] segments)
    {
        foreach (var segment in segments)
        {
            element = element.GetProperty(segment);
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetDecimal(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }
}
