using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Writes filters and sorts as the source's parameters.</summary>
internal static class RestQuery
{
    /// <summary>The parameters of a list without its paging, such as <c>state.in=open,done</c>.</summary>
    /// <exception cref="ApiException"><c>UNSUPPORTED_FILTER</c>, <c>UNSUPPORTED_SORT</c>.</exception>
    public static IReadOnlyList<string> Of(ListQuery query, EntityPlan entity, RestSettings settings)
    {
        var parameters = query.Filters.Select(f => Filter(f, entity, settings)).ToList();
        if (query.Match == FilterMatch.Any && query.Filters.Count > 1)
        {
            parameters.Add(settings.Filters!.Any ?? throw new ApiException(ErrorCode.UnsupportedFilter, "The connected system cannot join filters by 'any'.")
            {
                Details = [new("filterMatch", "must be 'all'")],
            });
        }

        if (query.Sorts.Count > 0)
        {
            var sort = settings.SortOf(entity.Definition);
            var keys = query.Sorts.Select(s => entity.Records.TryGetField(s.Field.Name, out var field) && IsSortable(field, entity, settings)
                ? (s.Descending ? sort!.Descending : "") + field.Path
                : throw new ApiException(ErrorCode.UnsupportedSort, "The connected system cannot sort by this field.")
                {
                    Details = [new($"sort[{s.Field.Name}]", "cannot be sorted by")],
                });
            var value = string.Join(',', keys);
            parameters.Add(Parameter(sort!.Parameter, value));
        }

        return parameters;
    }

    /// <summary>The operators that a field has; none for one whose list takes no filters.</summary>
    public static IReadOnlyList<FilterOperator> Operators(FieldPlan field, EntityPlan entity, RestSettings settings) =>
        field.Filterable ? [.. FilterOperators.For(field).Where(o => settings.Has(o, entity.Definition))] : [];

    /// <summary>Whether the list takes sorts and a field's values have the same order in the source; named values have the order of other names there.</summary>
    public static bool IsSortable(FieldPlan field, EntityPlan entity, RestSettings settings) =>
        settings.SortOf(entity.Definition) is not null
        && field is { Sortable: true, Definition.Map: null }
        && field.Type is not (FieldType.Object or FieldType.Array or FieldType.Any);

    /// <summary>One parameter, escaped.</summary>
    public static string Parameter(string name, string value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";

    private static string Filter(Filter filter, EntityPlan entity, RestSettings settings)
    {
        if (!entity.Records.TryGetField(filter.Field.Name, out var field) || !Operators(field, entity, settings).Contains(filter.Operator))
        {
            throw Refuse(filter, "cannot be filtered so");
        }

        if (filter.Values.Contains(""))
        {
            throw Refuse(filter, "must have a value");
        }

        var (op, given) = Whole(filter, field);
        string[] values = [.. given.SelectMany(v => FilterValues.Of(field, v) ?? throw Refuse(filter, $"must be {field.Accepts}")).Select(Text)];
        if (values.Length == 1 && op != FilterOperator.In)
        {
            return Parameter(field.Path + settings.Filters!.Operators[op], values[0]);
        }

        // Several values are separated by commas, so none may have one.
        return settings.Filters!.Operators.TryGetValue(FilterOperator.In, out var suffix) && !values.Any(v => v.Contains(',', StringComparison.Ordinal))
            ? Parameter(field.Path + suffix, string.Join(',', values))
            : throw Refuse(filter, "cannot be compared with several values");
    }

    // Where the source keeps whole days or seconds, a moment within one is compared with its beginning: at or after noon is after the day's beginning.
    private static (FilterOperator Operator, IReadOnlyList<string> Values) Whole(Filter filter, FieldPlan field)
    {
        var isWhole = (field.Type, field.Definition.As) switch
        {
            (FieldType.DateTime, "date") => filter.Values.All(v => v.EndsWith("T00:00:00Z", StringComparison.Ordinal)),
            (FieldType.DateTime, "epoch-seconds") => filter.Values.All(v => !v.Contains('.', StringComparison.Ordinal)),
            _ => true,
        };
        if (isWhole)
        {
            return (filter.Operator, filter.Values);
        }

        var op = filter.Operator switch
        {
            FilterOperator.GreaterThan or FilterOperator.GreaterThanOrEqual => FilterOperator.GreaterThan,
            FilterOperator.LessThan or FilterOperator.LessThanOrEqual => FilterOperator.LessThanOrEqual,
            _ => throw Refuse(filter, "is kept in whole days or seconds, which none of these is"),
        };
        return (op, [.. filter.Values.Select(v => v.Contains('.', StringComparison.Ordinal) ? v[..v.IndexOf('.', StringComparison.Ordinal)] + "Z" : v)]);
    }

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static ApiException Refuse(Filter filter, string why) =>
        new(ErrorCode.UnsupportedFilter, "The connected system cannot filter so.")
        {
            Details = [new(FilterSyntax.Parameter(filter.Field.Name, filter.Operator), why)],
        };
}
