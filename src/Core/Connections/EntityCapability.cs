namespace Millwright.Core.Connections;

/// <summary>What a connector can do with one entity. Derived from its mapping, so it cannot say more than the mapping does.</summary>
/// <param name="Entity">The entity's name in the model.</param>
/// <param name="Operations">The operations offered, each with the fields that its body must have.</param>
/// <param name="Fields">The mapped fields by name; line items' own fields as <c>lineItems.quantity</c>.</param>
/// <param name="Paging">How its list is paged.</param>
/// <param name="HasReference">Whether a created record can be found again by a reference of ours, so that a retry never creates a second one.</param>
/// <param name="Statuses">The statuses by key, with their names; empty where the entity has none.</param>
public sealed record EntityCapability(
    string Entity,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Operations,
    IReadOnlyDictionary<string, FieldCapability> Fields,
    PagingStyle Paging,
    bool HasReference,
    IReadOnlyDictionary<string, string> Statuses)
{
    /// <summary>How changes of its records can be found by asking.</summary>
    public ChangeTracking Changes { get; init; }
}
