using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Mapping;

/// <summary>What a protocol can do with what a mapping allows; the rest of a capability table follows from the mapping.</summary>
public interface IProtocolAbilities
{
    /// <summary>How an entity's list is paged.</summary>
    PagingStyle Paging(EntityPlan entity);

    /// <summary>The operators that the system filters with by this field; asked only of fields that are <see cref="FieldPlan.Filterable"/>.</summary>
    IReadOnlyList<FilterOperator> Filters(EntityPlan entity, FieldPlan field);

    /// <summary>Whether the system sorts by this field; asked only of fields that are <see cref="FieldPlan.Sortable"/>.</summary>
    bool Sorts(EntityPlan entity, FieldPlan field);
}
