using System.Collections.Frozen;

namespace Millwright.Core.Entities.Queries;

/// <summary>The words of filters and the types that each goes with.</summary>
public static class FilterSyntax
{
    private static readonly FrozenDictionary<string, FilterOperator> ByWord = new Dictionary<string, FilterOperator>
    {
        [""] = FilterOperator.Equal,
        ["contains"] = FilterOperator.Contains,
        ["startsWith"] = FilterOperator.StartsWith,
        ["endsWith"] = FilterOperator.EndsWith,
        ["gt"] = FilterOperator.GreaterThan,
        ["gteq"] = FilterOperator.GreaterThanOrEqual,
        ["lt"] = FilterOperator.LessThan,
        ["lteq"] = FilterOperator.LessThanOrEqual,
        ["lted"] = FilterOperator.LessThanOrEqual, // The published contract writes it so.
        ["in"] = FilterOperator.In,
    }.ToFrozenDictionary();

    /// <summary>The operators' words, for messages.</summary>
    public static string Names { get; } = string.Join(", ", "contains", "startsWith", "endsWith", "gt", "gteq", "lt", "lteq", "in");

    /// <summary>The operator of a word, the empty word being equality; or null.</summary>
    public static FilterOperator? Operator(string word) => ByWord.TryGetValue(word, out var op) ? op : null;

    /// <summary>The word of an operator; empty for equality.</summary>
    public static string Word(FilterOperator op) => op switch
    {
        FilterOperator.Equal => "",
        FilterOperator.Contains => "contains",
        FilterOperator.StartsWith => "startsWith",
        FilterOperator.EndsWith => "endsWith",
        FilterOperator.GreaterThan => "gt",
        FilterOperator.GreaterThanOrEqual => "gteq",
        FilterOperator.LessThan => "lt",
        FilterOperator.LessThanOrEqual => "lteq",
        _ => "in",
    };

    /// <summary>The parameter that carries a filter, such as <c>filter[name:contains]</c>.</summary>
    public static string Parameter(string path, FilterOperator op) => op == FilterOperator.Equal ? $"filter[{path}]" : $"filter[{path}:{Word(op)}]";

    /// <summary>Whether a field's values can be compared so.</summary>
    public static bool Applies(FilterOperator op, Field field) => op switch
    {
        FilterOperator.Equal or FilterOperator.In => field.ValueType is not (FieldType.Object or FieldType.Array or FieldType.Any),
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith => field.ValueType is FieldType.String or FieldType.Key,
        _ => field.Type is FieldType.String or FieldType.Key or FieldType.Integer or FieldType.Number or FieldType.Decimal or FieldType.Date or FieldType.DateTime,
    };

    /// <summary>Whether a list can be ordered by the field: a record has one value of it, and that is not an object.</summary>
    public static bool Sortable(Field field) => !field.Repeated && field.Type is not (FieldType.Object or FieldType.Array or FieldType.Any);
}
