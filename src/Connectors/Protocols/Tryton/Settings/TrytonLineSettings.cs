using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>How a new record of a nested list is filled in where the body leaves something open.</summary>
public sealed record TrytonLineSettings
{
    /// <summary>Values where the body has none.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>Fields to copy from a related record; null for none.</summary>
    public TrytonCopySettings? Copy { get; init; }
}
