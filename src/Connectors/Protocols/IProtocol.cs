using Millwright.Connectors.Mapping;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols;

/// <summary>An engine that speaks to systems of one kind, following their definitions.</summary>
internal interface IProtocol
{
    /// <summary>What definitions call it.</summary>
    string Name { get; }

    /// <summary>Its forms of values and paths.</summary>
    ValueDialect Dialect { get; }

    /// <summary>How an entity's list is paged.</summary>
    PagingStyle Paging(ConnectorPlan connector, EntityPlan entity);

    /// <summary>The operators that the source filters a field with.</summary>
    IReadOnlyList<FilterOperator> Filters(ConnectorPlan connector, EntityPlan entity, FieldPlan field);

    /// <summary>Whether the source sorts by a field.</summary>
    bool CanSort(ConnectorPlan connector, EntityPlan entity, FieldPlan field);

    /// <summary>Whether the source can be asked for the records that changed since a time.</summary>
    /// <param name="connector">The system's definition.</param>
    /// <param name="entity">An entity that can be listed.</param>
    bool CanFindChanges(ConnectorPlan connector, EntityPlan entity);

    /// <summary>A client for one customer's system. Touches nothing yet.</summary>
    /// <param name="connector">The system's definition.</param>
    /// <param name="credentials">By name, already checked against the definition.</param>
    /// <param name="tokens">Where the connection's access token is kept.</param>
    /// <param name="runtime">The surroundings.</param>
    IConnectedSystem Open(
        ConnectorPlan connector, IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens, ConnectorRuntime runtime);
}
