namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>Where an entity differs from its system's ways.</summary>
public sealed record RestEntitySettings
{
    /// <summary>How its list is paged.</summary>
    public RestPagingSettings? Paging { get; init; }

    /// <summary>How its list's filters are written; with no operators its list takes none.</summary>
    public RestFilterSettings? Filters { get; init; }

    /// <summary>False where its list takes no sorts.</summary>
    public bool Sortable { get; init; } = true;
}
