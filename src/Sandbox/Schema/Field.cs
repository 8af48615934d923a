using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Schema;

/// <summary>One field of a collection, of a group or of a list's elements.</summary>
internal sealed record Field(string Name, FieldType Type)
{
    /// <summary>The caller must give a value.</summary>
    public bool Required { get; init; }

    /// <summary>The server sets it; a caller who does is refused.</summary>
    public bool Server { get; init; }

    /// <summary>Given on creation only.</summary>
    public bool Fixed { get; init; }

    /// <summary>The value of a new record whose creator gave none, as JSON text.</summary>
    public string? Default { get; init; }

    /// <summary>Longest text in characters.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Smallest number.</summary>
    public decimal Min { get; init; } = -1_000_000_000;

    /// <summary>Largest number.</summary>
    public decimal Max { get; init; } = 1_000_000_000;

    /// <summary>The legal values of a <see cref="FieldType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The collection a <see cref="FieldType.Reference"/> points into.</summary>
    public string? Target { get; init; }

    /// <summary>The fields of a <see cref="FieldType.Group"/> or of the elements of <see cref="FieldType.Lines"/>.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Where a missing value is copied from: a reference beside this field, and a field of the record it points at.</summary>
    public (string Reference, string Field)? CopiedFrom { get; init; }

    /// <summary>The empty value of this field in a new record.</summary>
    public JsonNode? NewValue() => Type switch
    {
        _ when Default is not null => JsonNode.Parse(Default),
        FieldType.Lines => new JsonArray(),
        FieldType.Free => new JsonObject(),
        _ => null,
    };
}
