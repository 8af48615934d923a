using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>One customer's Tryton database.</summary>
internal sealed class TrytonSystem : IConnectedSystem, IPassthrough, IRawTables
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
        if (request.Operation.Split('.') is [var part, var operation])
        {
            return entity.SubResources.TryGetValue(part, out var sub) && sub.Definition.Operations.ByName.GetValueOrDefault(operation)?.Tryton?.Count is { } setting
                ? SetLevelOfAsync(entity, sub, setting, request, cancellationToken)
                : throw Unsupported();
        }

        var settings = entity.Definition.Operations.ByName.GetValueOrDefault(request.Operation)?.Tryton;
        var isLevel = entity.Definition.Tryton?.Partition is not null;
        return request.Operation switch
        {
            OperationName.List when isLevel => _levels.ListAsync(entity, request.Query!, request.IncludeRaw, cancellationToken),
            OperationName.Get when isLevel => _levels.GetAsync(entity, TrytonPair.Parse(request.Key), request.IncludeRaw, cancellationToken),
            OperationName.Update when settings?.Count is not null => SetLevelAsync(entity, request, cancellationToken),
            OperationName.List => _reader.ListAsync(entity, request.Query!, request.IncludeRaw, cancellationToken),
            OperationName.Get => _reader.GetAsync(entity, TrytonStore.Id(request.Key), request.IncludeRaw, cancellationToken),
            OperationName.Create => _writer.CreateAsync(entity, request.Body!.Value, request.Reference, request.IncludeRaw, cancellationToken),
            OperationName.Update => _writer.UpdateAsync(entity, TrytonStore.Id(request.Key), request.Body!.Value, request.IncludeRaw, cancellationToken),
            OperationName.Delete => DeleteAsync(entity, TrytonStore.Id(request.Key), cancellationToken),
            OperationName.SetStatus => SetStatusAsync(entity, request, settings?.Buttons ?? [], cancellationToken),
            _ => throw Unsupported(),
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

    // The level's own key names location and product.
    private async Task<EntityResult> SetLevelAsync(EntityPlan levels, EntityRequest request, CancellationToken cancellationToken)
    {
        var pair = TrytonPair.Parse(request.Key);
        var (location, quantity) = TrytonCount.Read(levels, levels.Bodies.ToSource(request.Body!.Value));
        if (location is not null && location != pair.Location)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "A level stays at its location.") { Details = [new("locationKey", "differs from the key's location")] };
        }

        await _levels.GetAsync(levels, pair, includeRaw: false, cancellationToken);
        await new TrytonCount(_store).SetAsync(pair, quantity, cancellationToken);
        return await TrytonWriter.AfterWriteAsync(() => _levels.GetAsync(levels, pair, request.IncludeRaw, cancellationToken));
    }

    // Under a product, its key and the body's location name the level; the answer is the product.
    private async Task<EntityResult> SetLevelOfAsync(EntityPlan product, EntityPlan level, TrytonCountSettings settings, EntityRequest request, CancellationToken cancellationToken)
    {
        var levels = _entities[settings.Levels!];
        var (location, quantity) = TrytonCount.Read(levels, level.Bodies.ToSource(request.Body!.Value));
        var pair = new TrytonPair(location ?? throw TrytonCount.Missing("locationKey"), TrytonStore.Id(request.Key));
        await _levels.GetAsync(levels, pair, includeRaw: false, cancellationToken);
        await new TrytonCount(_store).SetAsync(pair, quantity, cancellationToken);
        return await _writer.ReadBackAsync(product, pair.Record, request.IncludeRaw, cancellationToken);
    }

    private static ApiException Unsupported() => new(ErrorCode.UnsupportedOperation, "The connector does not offer this operation.");

    /// <inheritdoc/>
    public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        var entity = _entities[request.Entity.Name];
        return entity.Definition.Tryton?.Partition is not null
            ? _levels.ScanAsync(entity, request, cancellationToken)
            : new TrytonScan(_store).ReadAsync(entity, request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PassthroughResponse> SendAsync(PassthroughRequest request, CancellationToken cancellationToken) => _client.PassAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RawTable>> ListTablesAsync(CancellationToken cancellationToken) => new TrytonTables(_store).ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<RawPage> ReadTableAsync(RawTableRequest request, CancellationToken cancellationToken) => new TrytonTables(_store).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
