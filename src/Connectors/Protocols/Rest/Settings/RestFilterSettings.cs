using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>How filters are written as parameters: the source's field followed by the operator's suffix.</summary>
public sealed record RestFilterSettings
{
    /// <summary>The suffix of each operator that the source has: <c>{equal: '', contains: .contains}</c>.</summary>
    public required IReadOnlyDictionary<FilterOperator, string> Operators { get; init; }

    /// <summary>The parameter, as <c>name=value</c>, that joins filters by "any" instead of "all"; null where the source cannot.</summary>
    public string? Any { get; init; }
}
