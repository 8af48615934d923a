namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>The members of a list's answer.</summary>
public sealed record RestListSettings
{
    /// <summary>The records; null where the answer itself is the array.</summary>
    public string? Items { get; init; }

    /// <summary>The number of records in the whole list; null where the source does not say.</summary>
    public string? Total { get; init; }

    /// <summary>The cursor of the next page, null or absent on the last one.</summary>
    public string? NextCursor { get; init; }
}
