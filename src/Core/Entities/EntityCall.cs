using System.Text.Json;
using Millwright.Core.Identity;

namespace Millwright.Core.Entities;

/// <summary>A call to the entity API as it came in; nothing in it has been checked.</summary>
/// <param name="Grant">Who calls: a connection's token.</param>
/// <param name="Area"><c>eam</c>, <c>erp</c> or <c>wms</c>.</param>
/// <param name="Entity">The entity's name.</param>
/// <param name="Operation">The operation's name in the model.</param>
public sealed record EntityCall(TokenGrant Grant, string Area, string Entity, string Operation)
{
    /// <summary>The record's key, if the path has one.</summary>
    public string? Key { get; init; }

    /// <summary>The key in a sub-collection, if the path has one.</summary>
    public string? SubKey { get; init; }

    /// <summary>The query parameters, decoded, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>A write's body.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The caller's Idempotency-Key, if there is one.</summary>
    public string? IdempotencyKey { get; init; }
}
