using System.Text.Json;
using Millwright.Core.Entities;

namespace Millwright.Contracts.Tests;

/// <summary>Which of the model's types can stand where the contract has one of its own.</summary>
internal static class TypeForms
{
    private static readonly FieldType[] Texts = [FieldType.String, FieldType.Key, FieldType.Decimal, FieldType.Date, FieldType.DateTime];
    private static readonly FieldType[] Numbers = [FieldType.Integer, FieldType.Number];

    /// <summary>Whether a record's field looks as the contract says.</summary>
    public static bool Reads(Field field, JsonElement schema) => Untyped(schema) || Kind(schema) switch
    {
        "string" => Texts.Contains(field.Type),
        "integer" => Numbers.Contains(field.Type),
        "boolean" => field.Type == FieldType.Boolean,
        "array" => field.Type == FieldType.Array,
        "object" => field.Type == FieldType.Object,
        _ => false,
    };

    /// <summary>Whether a body's field takes what the contract says; exact decimals are taken as numbers too.</summary>
    public static bool Writes(Field field, JsonElement schema) => Kind(schema) switch
    {
        "nullable" => true,
        "nullable|date" => field.Type == FieldType.Date,
        "integer" or "nullable|numeric" or "numeric|required" => Numbers.Contains(field.Type) || field.Type == FieldType.Decimal,
        _ => Reads(field, schema),
    };

    // The contract's generator writes an object without properties where it did not know the type.
    private static bool Untyped(JsonElement schema) =>
        Kind(schema) == "object" && !schema.TryGetProperty("$ref", out _) && !(schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object);

    private static string Kind(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) ? type.GetString()! : schema.TryGetProperty("$ref", out _) ? "object" : "nullable";
}
