using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>
/// A REST system's own collections: those that its definition lists, since such an API does not tell what it has. Their fields are those
/// that the definition maps; the records have all that the source gives.
/// </summary>
internal sealed class RestTables
{
    private static readonly byte[] RawMember = "raw"u8.ToArray();

    private readonly RestSettings _settings;
    private readonly RestLists _lists;
    private readonly SortedDictionary<string, EntityPlan> _tables = new(StringComparer.Ordinal);

    public RestTables(IReadOnlyDictionary<string, EntityPlan> entities, RestSettings settings, RestPages pages)
    {
        _settings = settings;
        _lists = new RestLists(pages, settings);
        foreach (var entity in entities.Values.Where(e => e.Definition.Operations.Contains(OperationName.List)))
        {
            _tables.TryAdd(entity.Definition.Resource, entity);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RawTable> All => [.. _tables.Select(t => new RawTable(t.Key, [.. FieldsOf(t.Value).Select(f => f.Path!).Distinct().Order(StringComparer.Ordinal)]))];

    /// <summary>A page of one.</summary>
    public async Task<RawPage> ReadAsync(RawTableRequest request, CancellationToken cancellationToken)
    {
        var entity = _tables.GetValueOrDefault(request.Table)
            ?? throw new ApiException(ErrorCode.RecordNotFound, "The connector knows no such table of the connected system.");
        var isForward = _settings.PagingOf(entity.Definition).Style == RestPagingStyle.Cursor;
        RawTableRequest.CheckPaging(request, isForward);
        var query = new ListQuery(
            [.. request.Filters.Select(f => FilterOf(entity, f.Field, f.Operator, f.Value))],
            FilterMatch.All,
            [.. request.Sorts.Select(s => new Sort(FieldOf(entity, s.Field, f => RestQuery.IsSortable(f, entity, _settings)) ?? throw NoSort(s.Field), s.Descending))],
            request.Page, request.PerPage, request.Cursor, IncludeRaw: true);
        var call = RestRequest.Of(_settings.RequestOf(entity.Definition, OperationName.List)!, entity, null, null);
        var result = await _lists.ListAsync(call, query, includeRaw: true, cancellationToken);
        return new RawPage(RawOf(result.Data), result.Count, result.Total, result.HasMore) { NextCursor = result.NextCursor };
    }

    private Filter FilterOf(EntityPlan entity, string name, FilterOperator op, string value)
    {
        var field = FieldOf(entity, name, f => IsPlain(f) && RestQuery.Operators(f, entity, _settings).Contains(op)) ?? throw NoFilter(name, op);
        string[] given = op == FilterOperator.In ? value.Split(',') : [value];
        return new Filter(field, op, [.. given.Select(v => FieldValue.Normalize(field.Type, v) ?? throw NoFilter(name, op))]);
    }

    // The first field of the model that the source's field is mapped to and that can be asked for so.
    private static Field? FieldOf(EntityPlan entity, string name, Func<FieldPlan, bool> can) =>
        FieldsOf(entity).FirstOrDefault(f => f.Path == name && can(f)) is { } plan ? new Field(plan.Name, plan.Type, "") : null;

    private static IEnumerable<FieldPlan> FieldsOf(EntityPlan entity) => entity.Records.Fields.Where(f => f.Path is not null && f.Items is null && f.Children.Count == 0);

    // Those whose values are written alike in the source and in the model.
    private static bool IsPlain(FieldPlan field) => field.Definition.Map is null && field.Definition.As is null or "number" or "text" or "text-key" or "integer-key" or "decimal-text";

    private static ReadOnlyMemory<byte> RawOf(ReadOnlyMemory<byte> records) =>
        JsonParts.Array([.. JsonParts.Elements(records).Select(r => JsonParts.Members(r, RawMember)[0])]);

    private static ApiException NoFilter(string name, FilterOperator op) => new(ErrorCode.UnsupportedFilter, "The connected system's table cannot be filtered so.")
    {
        Details = [new(FilterSyntax.Parameter(name, op), "cannot be filtered so")],
    };

    private static ApiException NoSort(string name) => new(ErrorCode.UnsupportedSort, "The connected system's table cannot be sorted by this field.")
    {
        Details = [new($"sort[{name}]", "cannot be sorted by")],
    };
}
