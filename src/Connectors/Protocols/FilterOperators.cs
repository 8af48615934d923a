using Millwright.Connectors.Mapping;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols;

/// <summary>Which operators make sense for which fields.</summary>
internal static class FilterOperators
{
    private static readonly FilterOperator[] Same = [FilterOperator.Equal, FilterOperator.In];

    private static readonly FilterOperator[] Ordered =
    [
        FilterOperator.Equal, FilterOperator.In, FilterOperator.GreaterThan, FilterOperator.GreaterThanOrEqual, FilterOperator.LessThan, FilterOperator.LessThanOrEqual,
    ];

    private static readonly FilterOperator[] Text = [.. Ordered, FilterOperator.Contains, FilterOperator.StartsWith, FilterOperator.EndsWith];

    /// <summary>The operators for a field: no comparison of keys or mapped values by size, no parts of numbers.</summary>
    public static IReadOnlyList<FilterOperator> For(FieldPlan field) => field switch
    {
        { Items: not null } or { Children.Count: > 0 } => [],
        { Definition.Map: not null } or { Definition.As: "text-key" or "integer-key" } => Same,
        { Type: FieldType.String } => Text,
        { Type: FieldType.Key } => Same,
        { Type: FieldType.Boolean } => [FilterOperator.Equal],
        { Type: FieldType.Integer or FieldType.Number or FieldType.Decimal or FieldType.Date or FieldType.DateTime } => Ordered,
        _ => [],
    };
}
