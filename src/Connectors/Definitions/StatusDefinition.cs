namespace Millwright.Connectors.Definitions;

/// <summary>An entity's statuses.</summary>
public sealed record StatusDefinition
{
    /// <summary>The unified field that holds the status key.</summary>
    public string Field { get; init; } = "statusKey";

    /// <summary>The names of the statuses by their unified keys, in their order.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }
}
