namespace Millwright.Core.Polling;

/// <summary>Asks for a poll now.</summary>
/// <param name="Entities">Of these entities; null for all that are polled.</param>
/// <param name="Compare">Whether all records are compared with what is known, too, by which deletions are found.</param>
/// <param name="AcceptDeletions">Whether that comparison may find any number of records gone.</param>
public sealed record SyncRequest(IReadOnlyList<string>? Entities, bool Compare, bool AcceptDeletions)
{
    /// <summary>Whether its end is told as an event.</summary>
    public bool Announced { get; init; } = true;

    /// <summary>Whether it is about this entity.</summary>
    public bool Concerns(string entity) => Entities is null || Entities.Contains(entity, StringComparer.Ordinal);
}
