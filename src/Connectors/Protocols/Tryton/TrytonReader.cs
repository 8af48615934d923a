using System.Buffers;
using System.Text.Json.Nodes;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Lists and reads records. A list is one call, two where the page is full and only a count tells how many records there are.</summary>
internal sealed class TrytonReader(TrytonStore store)
{
    public async Task<EntityResult> ListAsync(EntityPlan entity, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var model = entity.Definition.Resource;
        var settings = entity.Definition.Tryton;
        var offset = (query.Page - 1L) * query.PerPage;
        JsonArray Domain() => TrytonDomain.Of(query.Filters, query.Match, entity.Records, settings?.Domain);
        var found = await store.SearchReadAsync(
            model, Domain(), TrytonFields.Of(entity), settings?.Context, cancellationToken, offset, query.PerPage, TrytonDomain.Order(query.Sorts, entity.Records));

        var (data, count) = entity.Normalize(found, includeRaw);
        var isLast = count < query.PerPage && (count > 0 || query.Page == 1);
        return new EntityResult(data)
        {
            Count = count,
            Total = isLast ? offset + count : await store.CountAsync(model, Domain(), settings?.Context, cancellationToken),
        };
    }

    /// <exception cref="Core.Errors.ApiException"><c>RECORD_NOT_FOUND</c>.</exception>
    public async Task<EntityResult> GetAsync(EntityPlan entity, long id, bool includeRaw, CancellationToken cancellationToken) =>
        await FirstAsync(entity, TrytonDomain.Id(id), includeRaw, cancellationToken) ?? throw TrytonStore.NotFound();

    /// <summary>The oldest record that meets a condition, or null.</summary>
    public async Task<EntityResult?> FirstAsync(EntityPlan entity, JsonArray condition, bool includeRaw, CancellationToken cancellationToken)
    {
        var settings = entity.Definition.Tryton;
        var domain = settings?.Domain is { } always ? (JsonArray)always.DeepClone() : [];
        domain.Add((JsonNode)condition);
        var found = await store.SearchReadAsync(
            entity.Definition.Resource, domain, TrytonFields.Of(entity), TrytonStore.Archived(settings?.Context), cancellationToken, limit: 1, order: TrytonDomain.ById());
        return JsonParts.Elements(found) is [var record, ..] ? Write(entity, record, includeRaw) : null;
    }

    /// <summary>One record's normalized form.</summary>
    public static EntityResult Write(EntityPlan entity, ReadOnlyMemory<byte> record, bool includeRaw)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, record.Length));
        entity.Records.WriteRecord(record.Span, output, includeRaw);
        return new EntityResult(output.WrittenMemory) { Count = 1 };
    }
}
