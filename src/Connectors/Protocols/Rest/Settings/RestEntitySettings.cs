namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>Where an entity differs from its system's ways.</summary>
public sealed record RestEntitySettings
{
    /// <summary>How its list is paged.</summary>
    public RestPagingSettings? Paging { get; init; }
}
