using System.Text.Json;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Connections;

/// <summary>One operation on a connected system, checked against the model and the capability table.</summary>
/// <param name="Entity">What it is about.</param>
/// <param name="Operation">Which operation, by its name in the model: <c>list</c>, <c>get</c>, <c>create</c>, <c>set-status</c>, <c>materials.list</c>, …</param>
public sealed record EntityRequest(EntityType Entity, string Operation)
{
    /// <summary>The record; null for <c>list</c> and <c>create</c>.</summary>
    public string? Key { get; init; }

    /// <summary>The record of a sub-collection; null unless the operation is on one.</summary>
    public string? SubKey { get; init; }

    /// <summary>What a list asks for; null for every other operation.</summary>
    public ListQuery? Query { get; init; }

    /// <summary>The body of a write; an object.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>On <c>create</c>: what to write into the reference field, so that the record can be found again. At most 32 characters of <c>a-z 0-9 -</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether each record carries the source's own record as <c>raw</c>.</summary>
    public bool IncludeRaw { get; init; }
}
