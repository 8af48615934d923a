using System.Text.Json;
using Millwright.Core.Entities;

namespace Millwright.Contracts.Tests.Answers;

/// <summary>
/// Reads answers as a client generated from a contract does: what it does not know it passes over, null is nothing, and all else has the
/// documented JSON type.
/// </summary>
internal sealed class AnswerReader(PublishedContract contract)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>How many values had a documented type and were of it.</summary>
    public int Read { get; private set; }

    /// <summary>Reads a value.</summary>
    /// <param name="place">Where it is, for the reader of a failure.</param>
    /// <param name="schema">What is documented for it.</param>
    /// <param name="value">What came.</param>
    /// <param name="record">The model's record that it should be or be a list of; null where it is none.</param>
    public void Check(string place, JsonElement schema, JsonElement value, RecordType? record = null)
    {
        var documented = contract.Resolve(schema);
        if (value.ValueKind == JsonValueKind.Null || documented.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (!Fits(documented, value.ValueKind))
        {
            _problems.Add($"{place} is {value.ValueKind}, documented as {documented.GetRawText()}");
            return;
        }

        Read++;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when documented.TryGetProperty("items", out var items):
                foreach (var item in value.EnumerateArray())
                {
                    Check($"{place}[]", items, item, record);
                }

                break;
            case JsonValueKind.Object:
                CheckProperties(place, documented, value, record);
                break;
        }
    }

    /// <summary>Reads the whole of an answer; the record is under <c>data</c>.</summary>
    public void CheckAnswer(string route, JsonElement answer, RecordType? record)
    {
        foreach (var part in contract.Properties(contract.Answer(route)))
        {
            if (!answer.TryGetProperty(part.Name, out var value))
            {
                _problems.Add($"{route} has no {part.Name}");
                continue;
            }

            if (part.Name != "data")
            {
                _problems.AddRange(contract.Properties(part.Value).Where(p => !value.TryGetProperty(p.Name, out _)).Select(p => $"{route} has no {part.Name}.{p.Name}"));
            }

            Check($"{route} {part.Name}", part.Value, value, part.Name == "data" ? record : null);
        }
    }

    private void CheckProperties(string place, JsonElement schema, JsonElement value, RecordType? record)
    {
        foreach (var property in contract.Properties(schema))
        {
            if (value.TryGetProperty(property.Name, out var inner) && (record is null || !Deviations.Types.ContainsKey($"{record.Name}.{property.Name}")))
            {
                Check($"{place}.{property.Name}", property.Value, inner, record?.Field(property.Name)?.Record);
            }
        }
    }

    // The contract's generator writes an object without properties where it did not know the type.
    private bool Fits(JsonElement schema, JsonValueKind kind) => (schema.TryGetProperty("type", out var type) ? type.GetString() : "object") switch
    {
        "string" => kind == JsonValueKind.String,
        "integer" or "number" => kind == JsonValueKind.Number,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "array" => kind == JsonValueKind.Array,
        _ => kind == JsonValueKind.Object || !contract.Properties(schema).Any(),
    };
}
