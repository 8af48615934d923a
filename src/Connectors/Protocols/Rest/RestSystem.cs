using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>One customer's system behind a REST API.</summary>
internal sealed class RestSystem : IConnectedSystem
{
    private readonly ConnectorPlan _connector;
    private readonly RestSettings _settings;
    private readonly RestClient _client;
    private readonly RestLists _lists;

    public RestSystem(ConnectorPlan connector, RestClient client)
    {
        _connector = connector;
        _settings = connector.Definition.Rest!;
        _client = client;
        _lists = new RestLists(client, _settings);
    }

    /// <inheritdoc/>
    public async Task ProveAsync(CancellationToken cancellationToken)
    {
        var response = await _client.SendAsync(HttpMethod.Get, _settings.Prove, [], null, cancellationToken);
        if (!response.IsSuccess)
        {
            throw RestError.From(response, RequestSafety.Read, _settings.Errors, null);
        }
    }

    /// <inheritdoc/>
    public async Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        var owner = _connector.Entities[request.Entity.Name];
        var (entity, operation) = Resolve(owner, request.Operation);
        if (operation == OperationName.List)
        {
            return await _lists.ListAsync(entity, PathOf(entity, operation, request).Path, request.Query!, request.IncludeRaw, cancellationToken);
        }

        if (operation == OperationName.SetStatus)
        {
            return await SetStatusAsync(entity, request, cancellationToken);
        }

        var body = request.Body is { } given ? entity.Bodies.ToSource(given) : null;
        if (request.Reference is { } reference && entity.Definition.Reference is { } field)
        {
            body![field] = reference;
        }

        var answer = await SendAsync(entity, operation, request, body, cancellationToken);
        if (operation == OperationName.Delete)
        {
            return new EntityResult(ReadOnlyMemory<byte>.Empty);
        }

        return entity.Definition.Operations.ByName[operation].Rest?.Answer == RestAnswer.Reread
            ? await RereadAsync(owner, request, cancellationToken)
            : Write(entity, answer, request.IncludeRaw);
    }

    /// <inheritdoc/>
    public async Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken)
    {
        var plan = _connector.Entities[entity.Name];
        var (_, path) = RestAddress.Of(_settings.Operations[OperationName.List], plan.Definition.Resource, null, null);
        var response = await _client.SendAsync(HttpMethod.Get, path, [RestQuery.Parameter(plan.Definition.Reference!, reference)], null, cancellationToken);
        if (!response.IsSuccess)
        {
            throw RestError.From(response, RequestSafety.Read, _settings.Errors, plan);
        }

        return _lists.Items(response) is [var record, ..] ? Write(plan, record, includeRaw: false) : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<EntityResult> SetStatusAsync(EntityPlan entity, EntityRequest request, CancellationToken cancellationToken)
    {
        var status = StatusBody.StatusOf(request.Body!.Value);
        var field = entity.Records.TryGetField(entity.Definition.Status!.Field, out var plan) ? plan : throw new InvalidOperationException($"{entity.Name} maps no status.");
        var member = entity.Definition.Operations.ByName[OperationName.SetStatus].Rest?.Status ?? field.Path!;
        var body = new JsonObject { [member] = FilterValues.Of(field, status)?[0] };
        try
        {
            return Write(entity, await SendAsync(entity, OperationName.SetStatus, request, body, cancellationToken), request.IncludeRaw);
        }
        catch (ApiException e) when (e.Code == ErrorCode.StatusNotReachable)
        {
            // A source may refuse the status that the record has already; asked for twice, it is still what was asked for.
            var present = await RereadAsync(entity, request, cancellationToken);
            using var record = JsonDocument.Parse(present.Data);
            if (record.RootElement.TryGetProperty(field.Name, out var key) && key.ValueEquals(status))
            {
                return present;
            }

            throw;
        }
    }

    private async Task<EntityResult> RereadAsync(EntityPlan entity, EntityRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Write(entity, await SendAsync(entity, OperationName.Get, request, null, cancellationToken), request.IncludeRaw);
        }
        catch (ApiException e)
        {
            throw new ApiException(e.Code, $"The write was answered, but the record could not be read back: {e.Message}", e)
            {
                Details = e.Details,
                RetryAfter = e.RetryAfter,
                OutcomeUnknown = true,
            };
        }
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(EntityPlan entity, string operation, EntityRequest request, JsonObject? body, CancellationToken cancellationToken)
    {
        var (verb, path) = PathOf(entity, operation, request);
        var response = await _client.SendAsync(verb, path, [], body, cancellationToken);
        return response.IsSuccess ? response.Body : throw RestError.From(response, RestClient.Safety(verb), _settings.Errors, entity);
    }

    private (HttpMethod Verb, string Path) PathOf(EntityPlan entity, string operation, EntityRequest request) => RestAddress.Of(
        entity.Definition.Operations.ByName.GetValueOrDefault(operation)?.Rest?.Request ?? _settings.Operations[operation],
        entity.Definition.Resource,
        request.Key,
        request.SubKey);

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
