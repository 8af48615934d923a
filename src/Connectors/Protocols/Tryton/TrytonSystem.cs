using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>One customer's Tryton database.</summary>
internal sealed class TrytonSystem : IConnectedSystem
{
    private readonly IReadOnlyDictionary<string, EntityPlan> _entities;
    private readonly TrytonClient _client;
    private readonly TrytonStore _store;
    private readonly TrytonReader _reader;
    private readonly TrytonWriter _writer;
    private readonly TrytonLevels _levels;

    public TrytonSystem(IReadOnlyDictionary<string, EntityPlan> entities, TrytonClient client)
    {
        _entities = entities;
        _client = client;
        _store = new TrytonStore(client);
        _reader = new TrytonReader(_store);
        _writer = new TrytonWriter(_store, _reader);
        _levels = new TrytonLevels(_store);
    }

    /// <inheritdoc/>
    public Task ProveAsync(CancellationToken cancellationToken) => _client.ProveAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        var entity = _entities[request.Entity.Name];
        var operation = entity.Definition.Operations.ByName[request.Operation];
        var isPair = entity.Definition.Tryton?.Partition is not null;
        return request.Operation switch
        {
            OperationName.List when isPair => _levels.ListAsync(entity, request.Query!, request.IncludeRaw, cancellationToken),
            OperationName.Get when isPair => _levels.GetAsync(entity, TrytonPair.Parse(request.Key), request.IncludeRaw, cancellationToken),
            _ when operation.Tryton?.Count is { } count => SetLevelAsync(entity, count, request, cancellationToken),
            OperationName.List => _reader.ListAsync(entity, request.Query!, request.IncludeRaw, cancellationToken),
            OperationName.Get => _reader.GetAsync(entity, TrytonStore.Id(request.Key), request.IncludeRaw, cancellationToken),
            OperationName.Create => _writer.CreateAsync(entity, request.Body!.Value, request.Reference, request.IncludeRaw, cancellationToken),
            OperationName.Update => _writer.UpdateAsync(entity, TrytonStore.Id(request.Key), request.Body!.Value, request.IncludeRaw, cancellationToken),
            OperationName.Delete => DeleteAsync(entity, TrytonStore.Id(request.Key), cancellationToken),
            OperationName.SetStatus => SetStatusAsync(entity, request, operation.Tryton?.Buttons ?? [], cancellationToken),
            _ => throw new ApiException(ErrorCode.UnsupportedOperation, "The connector does not offer this operation."),
        };
    }

    /// <inheritdoc/>
    public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken)
    {
        var plan = _entities[entity.Name];
        return _reader.FirstAsync(plan, new JsonArray(plan.Definition.Reference, "=", reference), includeRaw: false, cancellationToken);
    }

    private async Task<EntityResult> DeleteAsync(EntityPlan entity, long id, CancellationToken cancellationToken)
    {
        await _writer.DeleteAsync(entity, id, cancellationToken);
        return new EntityResult(ReadOnlyMemory<byte>.Empty);
    }

    private async Task<EntityResult> SetStatusAsync(EntityPlan entity, EntityRequest request, IReadOnlyList<TrytonButton> buttons, CancellationToken cancellationToken)
    {
        var id = TrytonStore.Id(request.Key);
        await new TrytonStatus(_store, entity).MoveAsync(id, StatusBody.StatusOf(request.Body!.Value), buttons, cancellationToken);
        return await _writer.ReadBackAsync(entity, id, request.IncludeRaw, cancellationToken);
    }

    // The level's own key names location and product; under a product, its key and the body's location do.
    private async Task<EntityResult> SetLevelAsync(EntityPlan entity, TrytonCountSettings settings, EntityRequest request, CancellationToken cancellationToken)
    {
        var levels = settings.Levels is { } name ? _entities[name] : entity;
        var partition = levels.Definition.Tryton!.Partition!;
        var values = levels.Records.ToSource(request.Body!.Value);
        var location = values[partition.Name + "."]?["id"]?.GetValue<long>();
        var pair = settings.Levels is null
            ? TrytonPair.Parse(request.Key)
            : new TrytonPair(location ?? throw TrytonCount.Missing("locationKey"), TrytonStore.Id(request.Key));
        if (location is not null && location != pair.Location)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "A level stays at its location.") { Details = [new("locationKey", "differs from the key's location")] };
        }

        var quantity = values[partition.Record + "."]?["quantity"] ?? throw TrytonCount.Missing("quantity");
        await _levels.GetAsync(levels, pair, includeRaw: false, cancellationToken);
        await new TrytonCount(_store).SetAsync(pair, quantity, cancellationToken);
        try
        {
            return await _levels.GetAsync(levels, pair, request.IncludeRaw, cancellationToken);
        }
        catch (ApiException e)
        {
            throw TrytonWriter.ReadBackFailed(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
