namespace Millwright.Core.Entities;

/// <summary>One field of a record.</summary>
/// <param name="Name">Its name in JSON; the path, such as <c>billingAddress.city</c>, where it was found inside another field.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Description">What it means to someone who integrates: meaning, unit, relation.</param>
public sealed record Field(string Name, FieldType Type, string Description)
{
    /// <summary>The entity whose record a key names; null for other types and for keys of no served entity.</summary>
    public string? Relation { get; init; }

    /// <summary>The fields of an object, or of an array's objects; null for everything else.</summary>
    public RecordType? Record { get; init; }

    /// <summary>What an array holds; null for everything else.</summary>
    public FieldType? Items { get; init; }

    /// <summary>Whether only the connected system sets it. A body that carries it is refused.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the published contract lacks it and Millwright adds it.</summary>
    public bool Extension { get; init; }

    /// <summary>Whether it lies inside an array, so that a record has it several times.</summary>
    public bool Repeated { get; init; }

    /// <summary>The type that one value to compare with has: that of the items for an array, its own for everything else.</summary>
    public FieldType ValueType => Items ?? Type;
}
