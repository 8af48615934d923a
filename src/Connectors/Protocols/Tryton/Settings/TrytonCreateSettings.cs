using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>How a new record is filled in where the body leaves something open. Tryton applies its own defaults, but no <c>on_change</c>.</summary>
public sealed record TrytonCreateSettings
{
    /// <summary>Values where the body has none.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>The <c>on_change_…</c> method that derives values from the given ones, such as <c>on_change_party</c>; null for none.</summary>
    public string? OnChange { get; init; }

    /// <summary>The fields to take over from what it answers, where the body has none.</summary>
    public IReadOnlyList<string> Take { get; init; } = [];
}
