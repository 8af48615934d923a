using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Contracts.Tests.Answers;

/// <summary>Bodies made of the fields that the contracts document, filled from a record that was read.</summary>
internal static class ContractBody
{
    /// <summary>Every documented field: the record's value where the system stores the field, else null, as generated clients send it.</summary>
    public static JsonObject Whole(PublishedOperation operation, JsonElement record, Func<string, bool> stores) =>
        new(Fields(operation).Select(field => KeyValuePair.Create(field.Name, stores(field.Name) ? ValueOf(field, record) : null)));

    /// <summary>The documented fields that the system stores and the record has.</summary>
    public static JsonObject Given(PublishedOperation operation, JsonElement record, Func<string, bool> stores) =>
        new(Whole(operation, record, stores).Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!.DeepClone())).ToList()!);

    private static IEnumerable<JsonProperty> Fields(PublishedOperation operation) => operation.Contract.Properties(operation.Body!.Value);

    private static JsonNode? ValueOf(JsonProperty field, JsonElement record)
    {
        if (!record.TryGetProperty(field.Name, out var value) || IsListOfRecords(value))
        {
            return null;
        }

        var isNumber = field.Value.GetProperty("type").GetString() is { } type && (type == "integer" || type.Contains("numeric", StringComparison.Ordinal));
        return isNumber && value.ValueKind == JsonValueKind.String
            ? JsonValue.Create(decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture))
            : JsonNode.Parse(value.GetRawText());
    }

    // Their items have keys, which only the system gives.
    private static bool IsListOfRecords(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object);
}
