using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Writes filters and sorts as the source's parameters.</summary>
internal static class RestQuery
{
    /// <summary>The parameters of a list without its paging, such as <c>state.in=open,done</c>.</summary>
    public static IReadOnlyList<string> Of(ListQuery query, EntityPlan entity, RestSettings settings)
    {
        var parameters = query.Filters.Select(f => Filter(f, entity, settings.Filters)).ToList();
        if (query.Match == FilterMatch.Any && query.Filters.Count > 1)
        {
            parameters.Add(settings.Filters?.Any ?? throw new ApiException(ErrorCode.UnsupportedFilter, "The connected system cannot join filters by 'any'.")
            {
                Details = [new("filterMatch", "must be 'all'")],
            });
        }

        if (query.Sorts.Count > 0)
        {
            var sort = settings.Sort;
            parameters.Add(Parameter(sort?.Parameter ?? "", string.Join(',', query.Sorts.Select(s =>
                sort is not null && entity.Records.TryGetField(s.Field.Name, out var field) && field.Sortable
                    ? (s.Descending ? sort.Descending : "") + field.Path
                    : throw new ApiException(ErrorCode.UnsupportedSort, "The connected system cannot sort by this field.")
                    {
                        Details = [new($"sort[{s.Field.Name}]", "cannot be sorted by")],
                    }))));
        }

        return parameters;
    }

    /// <summary>One parameter, escaped.</summary>
    public static string Parameter(string name, string value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";

    private static string Filter(Filter filter, EntityPlan entity, RestFilterSettings? settings)
    {
        if (settings is null || !settings.Operators.TryGetValue(filter.Operator, out var suffix)
            || !entity.Records.TryGetField(filter.Field.Name, out var field) || !field.Filterable || field.Path is null)
        {
            throw Refuse(filter, "cannot be filtered so");
        }

        var values = filter.Values.SelectMany(v => FilterValues.Of(field, v) ?? throw Refuse(filter, $"must be {field.Accepts}")).Select(Text).ToArray();
        if (values.Length > 1 || filter.Operator == FilterOperator.In)
        {
            // Several values are separated by commas, so none may have one.
            return values.Any(v => v.Contains(',', StringComparison.Ordinal)) || !settings.Operators.TryGetValue(FilterOperator.In, out suffix)
                ? throw Refuse(filter, "cannot have values with commas")
                : Parameter(field.Path + suffix, string.Join(',', values));
        }

        return Parameter(field.Path + suffix, values[0]);
    }

    private static string Text(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static ApiException Refuse(Filter filter, string why) =>
        new(ErrorCode.UnsupportedFilter, "The connected system cannot filter so.") { Details = [new(FilterSyntax.Parameter(filter.Field.Name, filter.Operator), why)] };
}
