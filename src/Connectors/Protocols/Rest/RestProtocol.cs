using Microsoft.Extensions.Logging;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>REST over JSON, as a definition's <c>rest</c> section describes it.</summary>
internal sealed class RestProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "rest";

    /// <inheritdoc/>
    public ValueDialect Dialect => ValueDialect.Json;

    /// <inheritdoc/>
    public PagingStyle Paging(ConnectorPlan connector, EntityPlan entity) =>
        (entity.Definition.Rest?.Paging ?? connector.Definition.Rest!.Paging).Style == RestPagingStyle.Cursor ? PagingStyle.Cursor : PagingStyle.Page;

    /// <inheritdoc/>
    public IReadOnlyList<FilterOperator> Filters(ConnectorPlan connector, EntityPlan entity, FieldPlan field) =>
        field.Filterable && connector.Definition.Rest!.Filters is { } filters
            ? [.. FilterOperators.For(field).Where(o => filters.Operators.ContainsKey(o) && entity.Definition.Rest?.Filters?.Contains(o) != false)]
            : [];

    /// <inheritdoc/>
    public bool CanSort(ConnectorPlan connector, EntityPlan entity, FieldPlan field) =>
        field.Sortable && connector.Definition.Rest!.Sort is not null && Paging(connector, entity) == PagingStyle.Page;

    /// <inheritdoc/>
    public IConnectedSystem Open(ConnectorPlan connector, IReadOnlyDictionary<string, string> credentials, ConnectorRuntime runtime)
    {
        var http = new UpstreamClient(UpstreamLimits.From(connector.Definition.Limits), runtime, runtime.Loggers.CreateLogger<UpstreamClient>());
        return new RestSystem(connector, new RestClient(http, connector.Definition.Rest!, credentials));
    }
}
