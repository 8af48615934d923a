using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Connections.Raw;

/// <summary>What is asked of a table, by the source's own field names.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Page">From 1.</param>
/// <param name="PerPage">At most 1,000.</param>
public sealed record RawTableRequest(string Table, int Page, int PerPage)
{
    /// <summary>All of them hold. Values are texts as the caller wrote them.</summary>
    public IReadOnlyList<(string Field, FilterOperator Operator, string Value)> Filters { get; init; } = [];

    /// <summary>The most important first.</summary>
    public IReadOnlyList<(string Field, bool Descending)> Sorts { get; init; } = [];
}
