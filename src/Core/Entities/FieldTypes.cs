namespace Millwright.Core.Entities;

/// <summary>What is said about field types, in model files and to people.</summary>
public static class FieldTypes
{
    private static readonly (FieldType Type, string Name, string Expected)[] All =
    [
        (FieldType.String, "string", "text"),
        (FieldType.Key, "key", "a key"),
        (FieldType.Integer, "integer", "a whole number"),
        (FieldType.Number, "number", "a number"),
        (FieldType.Decimal, "decimal", "a decimal number of at most 28 digits"),
        (FieldType.Boolean, "boolean", "true or false"),
        (FieldType.Date, "date", "a date (yyyy-MM-dd)"),
        (FieldType.DateTime, "datetime", "an instant by RFC 3339 with an offset, such as 2026-01-31T08:00:00Z, or a date"),
        (FieldType.Object, "object", "an object"),
        (FieldType.Array, "array", "an array"),
        (FieldType.Any, "any", "a JSON value"),
    ];

    /// <summary>The type of a name in a model file, or null.</summary>
    public static FieldType? Parse(string name) => Array.Find(All, t => t.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary>The type's name in model files and the documentation.</summary>
    public static string Name(FieldType type) => Array.Find(All, t => t.Type == type).Name;

    /// <summary>What a value of the type is, to end the sentence "… is not".</summary>
    public static string Expected(FieldType type) => Array.Find(All, t => t.Type == type).Expected;
}
