using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>What one entity needs beside its mapping.</summary>
public sealed record TrytonEntitySettings
{
    /// <summary>Conditions that every record of the entity meets, in Tryton's own form: <c>[[type, '=', warehouse]]</c>.</summary>
    public JsonArray? Domain { get; init; }

    /// <summary>Added to the context of every call, such as <c>{active_test: false}</c> to see archived records too.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>How a new record is filled in; null where Tryton's own defaults do.</summary>
    public TrytonCreateSettings? Create { get; init; }

    /// <summary>How the records of nested lists are filled in, by the source field of the list.</summary>
    public IReadOnlyDictionary<string, TrytonLineSettings> Lines { get; init; } = new Dictionary<string, TrytonLineSettings>(StringComparer.Ordinal);

    /// <summary>
    /// The relations, dotted or not, whose records are part of this one but leave its <c>write_date</c> as it is when they change: they are
    /// looked at, too, where changes are asked for.
    /// </summary>
    public IReadOnlyList<string> ChangedWith { get; init; } = [];

    /// <summary>For figures that Tryton computes per record and location: the other half of a record. Null for ordinary entities.</summary>
    public TrytonPartitionSettings? Partition { get; init; }
}
