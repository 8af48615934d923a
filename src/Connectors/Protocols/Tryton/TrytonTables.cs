using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Tryton's models as tables, with the fields that its database has a column for.</summary>
internal sealed class TrytonTables(TrytonStore store)
{
    private const string Models = "ir.model";

    /// <summary>The models that the database knows. The user may lack the right to read some of them.</summary>
    public async Task<IReadOnlyList<RawTable>> ListAsync(CancellationToken cancellationToken)
    {
        var models = await store.SearchReadAsync(Models, [], ["model"], null, cancellationToken, order: [new JsonArray("model", "ASC")]);
        return [.. JsonNode.Parse(models.Span)!.AsArray().Select(m => new RawTable((string)m!["model"]!, []))];
    }

    /// <summary>A page of a model's records: three calls, since Tryton fails at a model or field that it does not know instead of refusing it.</summary>
    public async Task<RawPage> ReadAsync(RawTableRequest request, CancellationToken cancellationToken)
    {
        RawTableRequest.CheckPaging(request, isForward: false);
        if (await store.CountAsync(Models, [new JsonArray("model", "=", request.Table)], null, cancellationToken) == 0)
        {
            throw new ApiException(ErrorCode.RecordNotFound, "Tryton has no such model.");
        }

        var all = (await store.ComputeAsync(request.Table, "fields_get", [], null, cancellationToken))!.AsObject();
        var columns = all.Where(f => (bool?)f.Value!["sortable"] == true).ToDictionary(f => f.Key, f => (string)f.Value!["type"]!, StringComparer.Ordinal);
        JsonArray domain = [.. request.Filters.Select(f => (JsonNode)Condition(columns, f.Field, f.Operator, f.Value))];
        JsonArray order = [.. request.Sorts.Select(s => (JsonNode)Order(columns, s.Field, s.Descending)), new JsonArray("id", "ASC")];
        var records = JsonParts.Elements(await store.SearchReadAsync(
            request.Table, domain, [.. columns.Keys.Order(StringComparer.Ordinal)], null, cancellationToken, (request.Page - 1L) * request.PerPage, request.PerPage + 1, order));
        var page = records.Take(request.PerPage).ToList();
        return new RawPage(JsonParts.Array(page), page.Count, Total: null, HasMore: records.Count > request.PerPage);
    }

    private static JsonArray Order(Dictionary<string, string> columns, string field, bool descending) => columns.ContainsKey(field)
        ? [field, descending ? "DESC NULLS LAST" : "ASC NULLS FIRST"]
        : throw new ApiException(ErrorCode.UnsupportedSort, "Tryton cannot sort by this field.") { Details = [new($"sort[{field}]", "cannot be sorted by")] };

    private static JsonArray Condition(Dictionary<string, string> columns, string field, FilterOperator op, string value)
    {
        var type = columns.GetValueOrDefault(field) ?? throw Refuse(field, op);
        JsonNode Own(string text) => Value(type, text) ?? throw Refuse(field, op);
        var pattern = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return op switch
        {
            FilterOperator.Equal => [field, "=", Own(value)],
            FilterOperator.In => [field, "in", new JsonArray([.. value.Split(',').Select(Own)])],
            FilterOperator.GreaterThan => [field, ">", Own(value)],
            FilterOperator.GreaterThanOrEqual => [field, ">=", Own(value)],
            FilterOperator.LessThan => [field, "<", Own(value)],
            FilterOperator.LessThanOrEqual => [field, "<=", Own(value)],
            _ when type is not ("char" or "text") => throw Refuse(field, op),
            FilterOperator.Contains => [field, "ilike", $"%{pattern}%"],
            FilterOperator.StartsWith => [field, "ilike", $"{pattern}%"],
            _ => [field, "ilike", $"%{pattern}"],
        };
    }

    // Of those types only that need no form of Tryton's own.
    private static JsonValue? Value(string type, string text) => type switch
    {
        "char" or "text" or "selection" => JsonValue.Create(text),
        "integer" or "many2one" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null,
        "float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null,
        "boolean" => text switch { "true" => JsonValue.Create(true), "false" => JsonValue.Create(false), _ => null },
        _ => null,
    };

    private static ApiException Refuse(string field, FilterOperator op) => new(ErrorCode.UnsupportedFilter, "Tryton cannot filter so.")
    {
        Details = [new(FilterSyntax.Parameter(field, op), "cannot be filtered so")],
    };
}
