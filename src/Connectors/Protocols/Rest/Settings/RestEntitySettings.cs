using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>Where an entity differs from its system's ways.</summary>
public sealed record RestEntitySettings
{
    /// <summary>How its list is paged.</summary>
    public RestPagingSettings? Paging { get; init; }

    /// <summary>The operators that its list takes where these are fewer, none with an empty list; null for all of the system's.</summary>
    public IReadOnlyList<FilterOperator>? Filters { get; init; }

    /// <summary>False where its list takes no sorts.</summary>
    public bool Sortable { get; init; } = true;
}
