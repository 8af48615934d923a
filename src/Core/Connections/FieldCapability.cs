using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Connections;

/// <summary>What a connector can do with one field.</summary>
/// <param name="Readable">Whether records carry it.</param>
/// <param name="Writable">Whether bodies may carry it.</param>
/// <param name="Filters">The operators that the source itself filters with; empty for none.</param>
/// <param name="Sortable">Whether the source itself sorts by it.</param>
public sealed record FieldCapability(bool Readable, bool Writable, IReadOnlyList<FilterOperator> Filters, bool Sortable);
