using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities;

/// <summary>Lets a call through only if the connected system can do all of it. What it cannot do is refused by name, never ignored.</summary>
internal static class EntityGate
{
    /// <summary>What the system can do with the entity.</summary>
    /// <exception cref="ApiException"><c>UNSUPPORTED_OPERATION</c>; the details say what it offers.</exception>
    public static EntityCapability Offered(Platform platform, EntityType entity, string area, string operation)
    {
        if (!platform.Areas.Contains(area))
        {
            throw Unsupported($"{platform.Name} does not serve the area {area}.", "area", platform.Areas);
        }

        if (!platform.Entities.TryGetValue(entity.Name, out var capability))
        {
            throw Unsupported($"{platform.Name} has no {entity.Name}.", "entity", platform.Entities.Keys.Order(StringComparer.Ordinal));
        }

        var offered = operation == OperationName.Statuses ? capability.Statuses.Count > 0 : capability.Operations.ContainsKey(operation);
        return offered
            ? capability
            : throw Unsupported($"{platform.Name} does not offer {operation} on {entity.Name}.", "operation", capability.Operations.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The same for the lists beside the entity's own, which are paged by number and neither filtered nor sorted.</summary>
    public static EntityCapability WithoutFields(EntityCapability capability) =>
        capability with { Fields = new Dictionary<string, FieldCapability>(), Paging = PagingStyle.Page };

    /// <summary>Checks that the system itself filters, sorts and pages as a list asks.</summary>
    /// <exception cref="ApiException"><c>UNSUPPORTED_FILTER</c>, <c>UNSUPPORTED_SORT</c>, <c>INVALID_REQUEST</c>.</exception>
    public static void CheckQuery(Platform platform, EntityCapability capability, ListQuery query)
    {
        ErrorDetail[] filters =
        [
            .. query.Filters.Where(f => !FiltersOf(capability, f.Field.Name).Contains(f.Operator)).Select(f => new ErrorDetail(
                FilterSyntax.Parameter(f.Field.Name, f.Operator), FiltersOf(capability, f.Field.Name) is { Count: > 0 } operators
                    ? $"{platform.Name} filters this field by {string.Join(", ", operators.Select(NameOf))}."
                    : $"{platform.Name} cannot filter by this field. It can by {List(capability, f => f.Filters.Count > 0)}.")),
        ];
        if (filters.Length > 0)
        {
            throw new ApiException(ErrorCode.UnsupportedFilter, $"{platform.Name} cannot filter {capability.Entity} so.") { Details = filters };
        }

        ErrorDetail[] sorts =
        [
            .. query.Sorts.Where(s => capability.Fields.GetValueOrDefault(s.Field.Name)?.Sortable != true).Select(s => new ErrorDetail(
                $"sort[{s.Field.Name}]", $"{platform.Name} cannot sort by this field. It can by {List(capability, f => f.Sortable)}.")),
        ];
        if (sorts.Length > 0)
        {
            throw new ApiException(ErrorCode.UnsupportedSort, $"{platform.Name} cannot sort {capability.Entity} so.") { Details = sorts };
        }

        if (capability.Paging == PagingStyle.Cursor && query.Page > 1)
        {
            throw new ApiException(ErrorCode.InvalidRequest, $"{platform.Name} only pages {capability.Entity} forward.")
            {
                Details = [new ErrorDetail("page", "Use the cursor in meta.next_cursor of the page before.")],
            };
        }

        if (capability.Paging == PagingStyle.Page && query.Cursor is not null)
        {
            throw new ApiException(ErrorCode.InvalidCursor, $"{platform.Name} pages {capability.Entity} by number; no cursor was given out.");
        }
    }

    private static IReadOnlyList<FilterOperator> FiltersOf(EntityCapability capability, string field) =>
        capability.Fields.GetValueOrDefault(field)?.Filters ?? [];

    private static string NameOf(FilterOperator op) => op == FilterOperator.Equal ? "equality" : FilterSyntax.Word(op);

    private static string List(EntityCapability capability, Func<FieldCapability, bool> can) =>
        capability.Fields.Where(f => can(f.Value)).Select(f => f.Key).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } names
            ? string.Join(", ", names)
            : "none";

    private static ApiException Unsupported(string message, string field, IEnumerable<string> offered) =>
        new(ErrorCode.UnsupportedOperation, message) { Details = [new ErrorDetail(field, "Offered: " + string.Join(", ", offered) + ".")] };
}
