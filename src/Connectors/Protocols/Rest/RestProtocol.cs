using Microsoft.Extensions.Logging;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.OAuth;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
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
        Settings(connector).PagingOf(entity.Definition).Style == RestPagingStyle.Cursor ? PagingStyle.Cursor : PagingStyle.Page;

    /// <inheritdoc/>
    public IReadOnlyList<FilterOperator> Filters(ConnectorPlan connector, EntityPlan entity, FieldPlan field) =>
        RestQuery.Operators(field, entity, Settings(connector));

    /// <inheritdoc/>
    public bool CanSort(ConnectorPlan connector, EntityPlan entity, FieldPlan field) =>
        RestQuery.IsSortable(field, entity, Settings(connector));

    /// <inheritdoc/>
    public bool CanFindChanges(ConnectorPlan connector, EntityPlan entity) =>
        entity.Records.TryGetField(StampFields.Updated, out var field) && Filters(connector, entity, field).Contains(FilterOperator.GreaterThanOrEqual);

    /// <inheritdoc/>
    /// <exception cref="DefinitionException">The section does not fit the rest of the definition.</exception>
    public IConnectedSystem Open(
        ConnectorPlan connector, IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens, ConnectorRuntime runtime)
    {
        var definition = connector.Definition;
        var settings = Settings(connector);
        RestChecks.Check(connector, settings);
        var http = new UpstreamClient(UpstreamLimits.From(definition.Limits), runtime, runtime.Loggers.CreateLogger<UpstreamClient>());
        var server = new Uri(credentials[settings.Address].TrimEnd('/') + "/");
        var address = new Uri($"{server}{settings.Path.Trim('/')}".TrimEnd('/') + "/");
        var accessTokens = settings.OAuth is { } oauth
            ? new AccessTokens(
                tokens, new OAuthClient(http, oauth, credentials, address, runtime.Time).IssueAsync, runtime.Time, runtime.Loggers.CreateLogger<AccessTokens>())
            : null;
        return new RestSystem(connector.Entities, settings, new RestClient(http, address, accessTokens, definition, settings, credentials), server);
    }

    private static RestSettings Settings(ConnectorPlan connector) => connector.Definition.Rest
        ?? throw new DefinitionException(
            connector.Definition.File, [new DefinitionProblem(connector.Definition.Line, "The protocol 'rest' needs the section 'rest'.")]);
}
