namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>Copies values from a related record, such as the unit from a line's product. All lines' records are read in one call.</summary>
public sealed record TrytonCopySettings
{
    /// <summary>The line's field that holds the related record.</summary>
    public required string From { get; init; }

    /// <summary>The related record's model.</summary>
    public required string Resource { get; init; }

    /// <summary>The related record's fields by the line's field; of several the first with a value.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; }
}
