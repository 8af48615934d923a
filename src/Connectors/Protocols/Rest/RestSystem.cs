using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>One customer's system behind a REST API. Every operation is one request, a list one for each page of the source's.</summary>
internal sealed class RestSystem(IReadOnlyDictionary<string, EntityPlan> entities, RestSettings settings, RestClient client, Uri server)
    : IConnectedSystem, IPassthrough, IRawTables
{
    private readonly RestPages _pages = new(client, settings);
    private readonly RestTables _tables = new(entities, settings, new RestPages(client, settings));

    /// <inheritdoc/>
    public async Task ProveAsync(CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(new RestRequest(HttpMethod.Get, settings.Prove), cancellationToken);
        try
        {
            using var answer = JsonDocument.Parse(response.Body);
        }
        catch (JsonException e)
        {
            throw new ApiException(ErrorCode.SourceError, "What answers at the system's address is not its API: check the server address.", e);
        }
    }

    /// <inheritdoc/>
    public async Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        var (entity, operation) = Resolve(entities[request.Entity.Name], request.Operation);
        var call = RestRequest.Of(settings.RequestOf(entity.Definition, operation)!, entity, request.Key, request.SubKey);
        return operation switch
        {
            OperationName.List => await new RestLists(_pages, settings).ListAsync(call, request.Query!, request.IncludeRaw, cancellationToken),
            OperationName.SetStatus => await SetStatusAsync(call, request, cancellationToken),
            OperationName.Get or OperationName.Delete => await SendAsync(call, request.IncludeRaw, cancellationToken),
            _ => await SendAsync(call with { Body = Body(entity, request) }, request.IncludeRaw, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public async Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken)
    {
        var plan = entities[entity.Name];
        var field = plan.Definition.Reference + settings.Filters!.Operators[FilterOperator.Equal];
        var found = await _pages.ReadAsync(ListOf(plan) with { Parameters = [RestQuery.Parameter(field, reference)] }, cancellationToken);
        return RestPages.Records(found) is [var record, ..] ? Write(plan, record, includeRaw: false) : null;
    }

    /// <inheritdoc/>
    public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        new RestScan(_pages, settings, ListOf(entities[request.Entity.Name]), request).ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<PassthroughResponse> SendAsync(PassthroughRequest request, CancellationToken cancellationToken) =>
        client.PassAsync(request, server, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RawTable>> ListTablesAsync(CancellationToken cancellationToken) => Task.FromResult(_tables.All);

    /// <inheritdoc/>
    public Task<RawPage> ReadTableAsync(RawTableRequest request, CancellationToken cancellationToken) => _tables.ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private RestRequest ListOf(EntityPlan entity) => RestRequest.Of(settings.RequestOf(entity.Definition, OperationName.List)!, entity, null, null);

    private static JsonObject Body(EntityPlan entity, EntityRequest request)
    {
        var body = entity.Bodies.ToSource(request.Body!.Value);
        if (request.Reference is { } reference && entity.Definition.Reference is { } field)
        {
            body[field] = reference;
        }

        return body;
    }

    private async Task<EntityResult> SendAsync(RestRequest call, bool includeRaw, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(call, cancellationToken);
        if (call.Verb == HttpMethod.Delete)
        {
            return new EntityResult(ReadOnlyMemory<byte>.Empty);
        }

        try
        {
            return Write(call.Entity!, response.Body, includeRaw);
        }
        catch (ApiException e) when (call.Safety != RequestSafety.Read)
        {
            throw new ApiException(e.Code, $"The record was written, but the answer cannot be read: {e.Message}", e) { Details = e.Details, OutcomeUnknown = true };
        }
    }

    private async Task<EntityResult> SetStatusAsync(RestRequest call, EntityRequest request, CancellationToken cancellationToken)
    {
        var entity = call.Entity!;
        var status = StatusBody.StatusOf(request.Body!.Value);
        var field = entity.Records.TryGetField(entity.Definition.Status!.Field, out var plan)
            ? plan
            : throw new InvalidOperationException($"{entity.Name} maps no status.");
        var member = entity.Definition.Operations.ByName[OperationName.SetStatus].Rest?.Status ?? field.Path!;
        try
        {
            return await SendAsync(call with { Body = new JsonObject { [member] = FilterValues.Of(field, status)?[0] } }, request.IncludeRaw, cancellationToken);
        }
        catch (ApiException e) when (e.Code == ErrorCode.StatusNotReachable)
        {
            // A source may refuse the status that the record has already; asked for twice, it is still what was asked for.
            var get = RestRequest.Of(settings.RequestOf(entity.Definition, OperationName.Get)!, entity, request.Key, null);
            var present = await SendAsync(get, request.IncludeRaw, cancellationToken);
            using var record = JsonDocument.Parse(present.Data);
            if (record.RootElement.GetProperty(field.Name).ValueEquals(status))
            {
                return present;
            }

            throw;
        }
    }

    // "materials.update" is the update of a sub-resource, "all-materials.list" the list of a collection.
    private static (EntityPlan Entity, string Operation) Resolve(EntityPlan owner, string operation)
    {
        if (operation.Split('.') is not [var part, var own])
        {
            return (owner, operation);
        }

        return owner.SubResources.TryGetValue(part, out var sub) ? (sub, own)
            : part.StartsWith("all-", StringComparison.Ordinal) && owner.Collections.TryGetValue(part[4..], out var all) ? (all, own)
            : throw new ApiException(ErrorCode.UnsupportedOperation, "The connector does not offer this operation.");
    }

    private static EntityResult Write(EntityPlan entity, ReadOnlyMemory<byte> record, bool includeRaw)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, record.Length));
        entity.Records.WriteRecord(record.Span, output, includeRaw);
        return new EntityResult(output.WrittenMemory) { Count = 1 };
    }
}
