using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>
/// Figures that Tryton computes per product and location. It has no call that lists them for several locations apart, so a list asks for the
/// locations, then for each one's count, then for the records of those that the page touches: 1 + locations + touched calls.
/// </summary>
internal sealed class TrytonLevels(TrytonStore store)
{
    public async Task<EntityResult> ListAsync(EntityPlan entity, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var partition = entity.Definition.Tryton!.Partition!;
        if (query.Sorts.Count > 0)
        {
            throw new ApiException(ErrorCode.UnsupportedSort, "Tryton computes these records; they come in the order of their location.")
            {
                Details = [new(query.Sorts[0].Field.Name, "cannot be sorted by")],
            };
        }

        var byLocation = query.Filters.ToLookup(f =>
            entity.Records.TryGetField(f.Field.Name, out var field) && field.SourcePaths.All(p => p.StartsWith(partition.Name + ".", StringComparison.Ordinal)));
        if (query.Match == FilterMatch.Any && byLocation.Count > 1)
        {
            throw new ApiException(ErrorCode.UnsupportedFilter, "Tryton cannot join conditions on the location and on the material by 'any'.")
            {
                Details = [new("filterMatch", "must be 'all' for these filters")],
            };
        }

        var fields = TrytonFields.Of(entity);
        var locationDomain = TrytonDomain.Of([.. byLocation[true]], query.Match, entity.Records, partition.Domain, partition.Name + ".");
        var locations = JsonParts.Elements(await store.SearchReadAsync(
            partition.Resource, locationDomain, Part(fields, partition.Name), null, cancellationToken, order: TrytonDomain.ById()));

        JsonArray Domain() => TrytonDomain.Of([.. byLocation[false]], query.Match, entity.Records, Listed(entity), partition.Record + ".");
        var counts = await Task.WhenAll(locations.Select(l => store.CountAsync(entity.Definition.Resource, Domain(), Context(entity, TrytonStore.IdOf(l)), cancellationToken)));

        var skip = (query.Page - 1L) * query.PerPage;
        var reads = new List<Task<List<ReadOnlyMemory<byte>>>>();
        var left = query.PerPage;
        foreach (var (location, count) in locations.Zip(counts))
        {
            if (skip < count && left > 0)
            {
                var take = (int)Math.Min(count - skip, left);
                reads.Add(PairsAsync(entity, location, Domain(), Part(fields, partition.Record), skip, take, cancellationToken));
                left -= take;
            }

            skip = Math.Max(0, skip - count);
        }

        var pairs = (await Task.WhenAll(reads)).SelectMany(r => r).ToList();
        var (data, written) = entity.Normalize(JsonParts.Array(pairs), includeRaw);
        return new EntityResult(data) { Count = written, Total = counts.Sum() };
    }

    /// <summary>A page of a walk over all listed pairs in the order of their keys, none of them of two locations: two calls.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: the position is none of ours.</exception>
    public async Task<ScanPage> ScanAsync(EntityPlan entity, ScanRequest request, CancellationToken cancellationToken)
    {
        var partition = entity.Definition.Tryton!.Partition!;
        var last = request.Position is { } position ? TrytonPair.TryParse(position) ?? throw TrytonScan.Invalid() : new TrytonPair(0, 0);
        var fields = TrytonFields.Of(entity);
        var locationDomain = partition.Domain is { } always ? (JsonArray)always.DeepClone() : [];
        locationDomain.Add((JsonNode)new JsonArray("id", ">=", last.Location));
        var locations = JsonParts.Elements(await store.SearchReadAsync(
            partition.Resource, locationDomain, Part(fields, partition.Name), null, cancellationToken, limit: 2, order: TrytonDomain.ById()));
        if (locations is not [var location, ..])
        {
            return new ScanPage("[]"u8.ToArray(), null);
        }

        var domain = Listed(entity);
        if (TrytonStore.IdOf(location) == last.Location)
        {
            domain.Add((JsonNode)TrytonDomain.After(last.Record));
        }

        var pairs = await PairsAsync(entity, location, domain, Part(fields, partition.Record), 0, request.Size, cancellationToken);
        var next = pairs.Count == request.Size ? KeyOf(pairs[^1])
            : locations is [_, var after] ? new TrytonPair(TrytonStore.IdOf(after), 0).ToString()
            : null;
        return new ScanPage(entity.Normalize(JsonParts.Array(pairs), includeRaw: false).Data, next);
    }

    /// <summary>The pair of a key. One that has no level has the level zero; it is not found only where one of its halves is missing.</summary>
    /// <exception cref="ApiException"><c>RECORD_NOT_FOUND</c>.</exception>
    public async Task<EntityResult> GetAsync(EntityPlan entity, TrytonPair pair, bool includeRaw, CancellationToken cancellationToken)
    {
        var partition = entity.Definition.Tryton!.Partition!;
        var fields = TrytonFields.Of(entity);
        var domain = partition.Domain is { } always ? (JsonArray)always.DeepClone() : [];
        domain.Add((JsonNode)TrytonDomain.Id(pair.Location));
        var location = JsonParts.Elements(await store.SearchReadAsync(partition.Resource, domain, Part(fields, partition.Name), null, cancellationToken, limit: 1));
        if (location.Count == 0)
        {
            throw TrytonStore.NotFound();
        }

        var conditions = entity.Definition.Tryton.Domain is { } own ? (JsonArray)own.DeepClone() : [];
        conditions.Add((JsonNode)TrytonDomain.Id(pair.Record));
        var found = await PairsAsync(entity, location[0], conditions, Part(fields, partition.Record), 0, 1, cancellationToken);
        return found is [var record] ? TrytonReader.Write(entity, record, includeRaw) : throw TrytonStore.NotFound();
    }

    private async Task<List<ReadOnlyMemory<byte>>> PairsAsync(
        EntityPlan entity, ReadOnlyMemory<byte> location, JsonArray domain, IReadOnlyList<string> fields, long offset, int limit, CancellationToken cancellationToken)
    {
        var partition = entity.Definition.Tryton!.Partition!;
        var id = TrytonStore.IdOf(location);
        var found = await store.SearchReadAsync(
            entity.Definition.Resource, domain, fields, Context(entity, id), cancellationToken, offset, limit, TrytonDomain.ById());
        return [.. JsonParts.Elements(found).Select(r => Pair(partition, location, r, new TrytonPair(id, TrytonStore.IdOf(r))))];
    }

    // {"id":"3-1","location.":{…},"product.":{…}}: what a search over both halves would answer if there were one.
    private static ReadOnlyMemory<byte> Pair(TrytonPartitionSettings partition, ReadOnlyMemory<byte> location, ReadOnlyMemory<byte> record, TrytonPair pair)
    {
        var output = new ArrayBufferWriter<byte>(location.Length + record.Length + 64);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("id"u8, pair.ToString());
        writer.WritePropertyName(partition.Name + ".");
        writer.WriteRawValue(location.Span, skipInputValidation: true);
        writer.WritePropertyName(partition.Record + ".");
        writer.WriteRawValue(record.Span, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static JsonArray Listed(EntityPlan entity) =>
        [.. new[] { entity.Definition.Tryton!.Domain, entity.Definition.Tryton.Partition!.Listed }.SelectMany(d => d ?? []).Select(c => c?.DeepClone())];

    private static JsonObject Context(EntityPlan entity, long location)
    {
        var context = entity.Definition.Tryton!.Context?.DeepClone().AsObject() ?? [];
        context[entity.Definition.Tryton.Partition!.ContextKey] = new JsonArray(location);
        return context;
    }

    private static string[] Part(IReadOnlyList<string> fields, string half) =>
        [.. fields.Where(f => f.StartsWith(half + ".", StringComparison.Ordinal)).Select(f => f[(half.Length + 1)..])];

    private static string? KeyOf(ReadOnlyMemory<byte> pair)
    {
        using var document = JsonDocument.Parse(pair);
        return document.RootElement.GetProperty("id"u8).GetString();
    }
}
