using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>
/// A page of a walk over all records of an entity in the order of their ids: one call. The position is the last id, which stays where it is
/// whatever is written meanwhile, and new records come after it. Archived records are among them, as they are for <c>get</c>: archiving is
/// a change and no deletion.
/// </summary>
internal sealed class TrytonScan(TrytonStore store)
{
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: the position is none of ours.</exception>
    public async Task<ScanPage> ReadAsync(EntityPlan entity, ScanRequest request, CancellationToken cancellationToken)
    {
        var settings = entity.Definition.Tryton;
        var domain = settings?.Domain is { } always ? (JsonArray)always.DeepClone() : [];
        if (request.Since is { } since)
        {
            domain.Add((JsonNode)ChangedSince(entity, since));
        }

        if (request.Position is { } position)
        {
            domain.Add((JsonNode)TrytonDomain.After(TrytonStore.TryId(position) ?? throw Invalid()));
        }

        var found = await store.SearchReadAsync(
            entity.Definition.Resource, domain, TrytonFields.Of(entity), TrytonStore.Archived(settings?.Context), cancellationToken, limit: request.Size, order: TrytonDomain.ById());
        var (records, count) = entity.Normalize(found, includeRaw: false);
        var last = count < request.Size ? null : TrytonStore.IdOf(JsonParts.Elements(found)[^1]).ToString(CultureInfo.InvariantCulture);
        return new ScanPage(records, last);
    }

    /// <summary>The error for a position that is not taken.</summary>
    public static ApiException Invalid() => new(ErrorCode.InvalidCursor, "The position does not belong to this walk. Start again without one.");

    // A record has no write_date before it is first written. A related record that is deleted leaves no trace: only a comparison finds that.
    private static JsonArray ChangedSince(EntityPlan entity, DateTimeOffset since)
    {
        var time = entity.Records.TryGetField(StampFields.Updated, out var updated) && updated.TryToSourceValue(FieldValue.Format(since), out var value)
            ? value
            : throw new InvalidOperationException($"{entity.Name} maps no modified time.");
        var any = new JsonArray("OR");
        foreach (var relation in (entity.Definition.Tryton?.ChangedWith ?? []).Select(r => r + ".").Prepend(""))
        {
            any.Add((JsonNode)new JsonArray(relation + "write_date", ">=", time.DeepClone()));
            any.Add((JsonNode)new JsonArray(relation + "create_date", ">=", time.DeepClone()));
        }

        return any;
    }
}
