namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>How sorts are written: source fields in one parameter, separated by commas.</summary>
public sealed record RestSortSettings
{
    /// <summary>The parameter.</summary>
    public string Parameter { get; init; } = "sort";

    /// <summary>What comes before a field that sorts descending.</summary>
    public string Descending { get; init; } = "-";
}
