using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Entities;

/// <summary>The answer to a call.</summary>
/// <param name="Result">What the connected system said, normalized.</param>
/// <param name="Query">What a list was asked for; null for every other operation.</param>
public sealed record EntityAnswer(EntityResult Result, ListQuery? Query)
{
    /// <summary>The key under which a write was recorded, so that the caller can send it again; null where none was.</summary>
    public string? IdempotencyKey { get; init; }
}
