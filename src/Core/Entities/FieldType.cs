namespace Millwright.Core.Entities;

#pragma warning disable CA1720 // The model's types have the names that every data format gives them.
/// <summary>What a field holds, and so how its value looks in JSON.</summary>
public enum FieldType
{
    /// <summary>Text of any length; a JSON string.</summary>
    String,

    /// <summary>A record's key in the connected system; a JSON string, not empty.</summary>
    Key,

    /// <summary>A whole number of 64 bits; a JSON number.</summary>
    Integer,

    /// <summary>A number without promise of exactness; a JSON number.</summary>
    Number,

    /// <summary>An exact decimal of at most 28 digits, for money and quantities; written as a JSON string, read from a string or a number.</summary>
    Decimal,

    /// <summary>A JSON boolean.</summary>
    Boolean,

    /// <summary>A calendar date, <c>yyyy-MM-dd</c>; a JSON string.</summary>
    Date,

    /// <summary>An instant by RFC 3339, written in UTC with a <c>Z</c>; a JSON string.</summary>
    DateTime,

    /// <summary>A JSON object; with the fields of its <see cref="Field.Record"/>, or free where it has none.</summary>
    Object,

    /// <summary>A JSON array of <see cref="Field.Items"/>.</summary>
    Array,

    /// <summary>Any JSON value.</summary>
    Any,
}
