using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Turns filters and sorts into a domain and an order: <c>[["state","=","draft"],["OR",[…],[…]]]</c>.</summary>
internal static class TrytonDomain
{
    // PostgreSQL's integer, which Tryton's ids are: a greater number is an error there, and never a record's.
    private static readonly JsonArray Never = ["id", "<", 0];

    /// <summary>The condition of one record.</summary>
    public static JsonArray Id(long id) => ["id", "=", id];

    /// <summary>The condition of the records that come after one in the order of their ids.</summary>
    public static JsonArray After(long id) => ["id", ">", id];

    /// <summary>The order of the ids, which never changes.</summary>
    public static JsonArray ById() => [new JsonArray("id", "ASC")];

    /// <summary>All conditions of a list.</summary>
    /// <param name="filters">What the caller asks for.</param>
    /// <param name="match">How the caller's conditions combine.</param>
    /// <param name="records">The mapping.</param>
    /// <param name="always">Conditions that hold besides.</param>
    /// <param name="strip">The beginning of paths that the model does not know; empty for none.</param>
    public static JsonArray Of(IReadOnlyList<Filter> filters, FilterMatch match, RecordPlan records, JsonArray? always = null, string strip = "")
    {
        var domain = always is null ? [] : (JsonArray)always.DeepClone();
        var conditions = filters.Select(f => (JsonNode)Condition(f, records, strip));
        if (match == FilterMatch.Any && filters.Count > 1)
        {
            domain.Add((JsonNode)new JsonArray([JsonValue.Create("OR"), .. conditions]));
        }
        else
        {
            foreach (var condition in conditions)
            {
                domain.Add(condition);
            }
        }

        return domain;
    }

    /// <summary>A total order: the caller's, then the key, so that pages neither repeat nor miss a record.</summary>
    public static JsonArray Order(IReadOnlyList<Sort> sorts, RecordPlan records)
    {
        var order = new JsonArray();
        foreach (var sort in sorts)
        {
            var path = records.TryGetField(sort.Field.Name, out var field) && field.Sortable && field.Path is { } known
                ? known
                : throw new ApiException(ErrorCode.UnsupportedSort, "Tryton cannot sort by this field.") { Details = [new(sort.Field.Name, "cannot be sorted by")] };
            order.Add((JsonNode)new JsonArray(path, sort.Descending ? "DESC NULLS LAST" : "ASC NULLS FIRST"));
        }

        order.Add((JsonNode)new JsonArray("id", "ASC"));
        return order;
    }

    private static JsonArray Condition(Filter filter, RecordPlan records, string strip)
    {
        if (!records.TryGetField(filter.Field.Name, out var field) || field.SourcePaths.Count == 0 || field.Items is not null)
        {
            throw Refuse(filter);
        }

        var paths = field.SourcePaths.Select(p => p.StartsWith(strip, StringComparison.Ordinal) ? p[strip.Length..] : p).ToArray();
        if (paths.Length == 1)
        {
            return Compare(filter, field, paths[0]);
        }

        // The first of several fields that has a value: each may decide only where the ones before it are empty.
        var any = new JsonArray("OR");
        for (var i = 0; i < paths.Length; i++)
        {
            var all = new JsonArray();
            foreach (var empty in paths[..i])
            {
                all.Add((JsonNode)new JsonArray(empty, "=", null));
            }

            all.Add((JsonNode)Compare(filter, field, paths[i]));
            any.Add((JsonNode)all);
        }

        return any;
    }

    private static JsonArray Compare(Filter filter, FieldPlan field, string path) => filter.Operator switch
    {
        FilterOperator.Contains => new JsonArray(path, "ilike", $"%{Escape(filter.Values[0])}%"),
        FilterOperator.StartsWith => new JsonArray(path, "ilike", $"{Escape(filter.Values[0])}%"),
        FilterOperator.EndsWith => new JsonArray(path, "ilike", $"%{Escape(filter.Values[0])}"),
        FilterOperator.GreaterThan => new JsonArray(path, ">", Single(filter, field)),
        FilterOperator.GreaterThanOrEqual => new JsonArray(path, ">=", Single(filter, field)),
        FilterOperator.LessThan => new JsonArray(path, "<", Single(filter, field)),
        FilterOperator.LessThanOrEqual => new JsonArray(path, "<=", Single(filter, field)),
        _ => OneOf(path, [.. filter.Values.SelectMany(v => FilterValues.Of(field, v) ?? throw Refuse(filter, $"must be {field.Accepts}"))]),
    };

    private static JsonNode Single(Filter filter, FieldPlan field) =>
        field.TryToSourceValue(filter.Values[0], out var value) ? value : throw Refuse(filter, $"must be {field.Accepts}");

    private static JsonArray OneOf(string path, IReadOnlyList<JsonNode> values)
    {
        var possible = values.Where(IsPossible).ToArray();
        return possible.Length switch
        {
            0 => (JsonArray)Never.DeepClone(),
            1 => [path, "=", possible[0]],
            _ => [path, "in", new JsonArray(possible)],
        };
    }

    private static bool IsPossible(JsonNode value) => value is not JsonValue number || !number.TryGetValue<long>(out var whole) || whole is >= int.MinValue and <= int.MaxValue;

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static ApiException Refuse(Filter filter, string why = "cannot be filtered by") =>
        new(ErrorCode.UnsupportedFilter, "Tryton cannot filter so.") { Details = [new($"filter[{filter.Field.Name}]", why)] };
}
