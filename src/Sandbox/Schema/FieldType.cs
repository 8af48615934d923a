namespace Millwright.Sandbox.Schema;

/// <summary>How a field's value looks on the wire.</summary>
internal enum FieldType
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>One of a closed list of strings.</summary>
    Choice,

    /// <summary>The id of a record in another collection.</summary>
    Reference,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A calendar date, <c>2026-03-31</c>.</summary>
    Date,

    /// <summary>A moment as whole seconds since 1970-01-01T00:00:00Z.</summary>
    Epoch,

    /// <summary>A moment as <c>2026-03-31T08:15:00.000Z</c>.</summary>
    Instant,

    /// <summary>A nested object with fields of its own.</summary>
    Group,

    /// <summary>A nested list of objects, each with an <c>id</c> that is unique within the record.</summary>
    Lines,

    /// <summary>A free JSON object that is stored as it came.</summary>
    Free,
}
