using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Answers a caller's lists. A page of ours that is larger than the source's largest is gathered from several of its.</summary>
internal sealed class RestLists(RestPages pages, RestSettings settings)
{
    /// <param name="list">The list's request, without filters.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="includeRaw">Whether records carry the source's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<EntityResult> ListAsync(RestRequest list, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var paging = settings.PagingOf(list.Entity!.Definition);
        var filtered = list with { Parameters = RestQuery.Of(query, list.Entity, settings) };
        return paging.Style == RestPagingStyle.Cursor
            ? ForwardAsync(filtered, paging.Max, query, includeRaw, cancellationToken)
            : ByNumberAsync(filtered, paging.Max, query, includeRaw, cancellationToken);
    }

    private async Task<EntityResult> ByNumberAsync(RestRequest list, int max, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var size = Math.Min(query.PerPage, max);
        var start = (query.Page - 1L) * query.PerPage;
        var page = start / size;
        var found = await pages.ByNumberAsync(list, page, size, cancellationToken);
        var total = found.Total;
        if (query.PerPage == size)
        {
            var (data, count) = list.Entity!.Normalize(found.Items, includeRaw);
            return new EntityResult(data) { Count = count, Total = total, HasMore = total is null && count == size };
        }

        var end = start + query.PerPage;
        var gathered = new List<ReadOnlyMemory<byte>>();
        var items = RestPages.Records(found);
        Gather();
        while (items.Count == size && (page + 1) * size < Math.Min(end, total ?? end))
        {
            items = RestPages.Records(await pages.ByNumberAsync(list, ++page, size, cancellationToken));
            Gather();
        }

        var written = list.Entity!.Normalize(JsonParts.Array(gathered), includeRaw);
        var more = (page * size) + items.Count > end || items.Count == size;
        return new EntityResult(written.Data) { Count = written.Count, Total = total, HasMore = total is null && more };

        // The source's pages begin and end elsewhere than ours.
        void Gather() => gathered.AddRange(items.Where((_, i) => (page * size) + i >= start && (page * size) + i < end));
    }

    private async Task<EntityResult> ForwardAsync(RestRequest list, int max, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var cursor = query.Cursor is { } given ? RestCursor.Unwrap(given, list) : null;
        var gathered = new List<ReadOnlyMemory<byte>>();
        do
        {
            var found = await pages.ForwardAsync(list, cursor, Math.Min(query.PerPage - gathered.Count, max), cancellationToken);
            gathered.AddRange(RestPages.Records(found));
            cursor = found.Next;
        }
        while (cursor is not null && gathered.Count < query.PerPage);

        var (data, count) = list.Entity!.Normalize(JsonParts.Array(gathered), includeRaw);
        return new EntityResult(data) { Count = count, HasMore = cursor is not null, NextCursor = cursor is null ? null : RestCursor.Wrap(cursor, list) };
    }
}
