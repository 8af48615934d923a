using Microsoft.Extensions.Logging;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Tryton.Values;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Tryton's JSON-RPC, version 6.0. Its definitions name the credentials <c>url</c>, <c>database</c>, <c>login</c> and <c>password</c>.</summary>
internal sealed class TrytonProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "tryton";

    /// <inheritdoc/>
    public ValueDialect Dialect => TrytonDialect.Instance;

    /// <inheritdoc/>
    public PagingStyle Paging(ConnectorPlan connector, EntityPlan entity) => PagingStyle.Page;

    /// <inheritdoc/>
    /// <remarks>A field that takes the first of several source fields can be filtered by, too, if each of them can.</remarks>
    public IReadOnlyList<FilterOperator> Filters(ConnectorPlan connector, EntityPlan entity, FieldPlan field) =>
        field.Definition.Filter && (field.Filterable || field.Definition.Coalesce is not null) ? FilterOperators.For(field) : [];

    /// <inheritdoc/>
    public bool CanSort(ConnectorPlan connector, EntityPlan entity, FieldPlan field) => field.Sortable && entity.Definition.Tryton?.Partition is null;

    /// <inheritdoc/>
    public bool CanFindChanges(ConnectorPlan connector, EntityPlan entity) =>
        entity.Definition.Tryton?.Partition is null && entity.Records.TryGetField(StampFields.Updated, out var field) && field.SourcePaths.Contains("write_date");

    /// <inheritdoc/>
    public IConnectedSystem Open(
        ConnectorPlan connector, IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens, ConnectorRuntime runtime)
    {
        var server = new Uri(credentials["url"].TrimEnd('/') + "/");
        var endpoint = new Uri(server, Uri.EscapeDataString(credentials["database"]) + "/");
        var http = new UpstreamClient(UpstreamLimits.From(connector.Definition.Limits), runtime, runtime.Loggers.CreateLogger<UpstreamClient>());
        var client = new TrytonClient(http, new TrytonCredentials(endpoint, credentials["login"], credentials["password"]), runtime.Time);
        return new TrytonSystem(connector.Entities, client);
    }
}
