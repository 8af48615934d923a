using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Reads lists page by page. A page of ours that is larger than the source's largest is gathered from several of its.</summary>
internal sealed class RestLists(RestClient client, RestSettings settings)
{
    private readonly byte[]? _items = Utf8(settings.List.Items);
    private readonly byte[]? _total = Utf8(settings.List.Total);
    private readonly byte[]? _next = Utf8(settings.List.NextCursor);

    /// <param name="list">The list's request, without filters.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="includeRaw">Whether records carry the source's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<EntityResult> ListAsync(RestRequest list, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var paging = settings.PagingOf(list.Entity!.Definition);
        var filtered = list with { Parameters = RestQuery.Of(query, list.Entity, settings) };
        return paging.Style == RestPagingStyle.Cursor
            ? ForwardAsync(filtered, paging, query, includeRaw, cancellationToken)
            : ByNumberAsync(filtered, paging, query, includeRaw, cancellationToken);
    }

    /// <summary>The first record of a list, or null.</summary>
    public async Task<ReadOnlyMemory<byte>?> FirstAsync(RestRequest list, CancellationToken cancellationToken) =>
        Records(await SendAsync(list, cancellationToken)) is [var first, ..] ? (ReadOnlyMemory<byte>?)first : null;

    private async Task<EntityResult> ByNumberAsync(
        RestRequest list, RestPagingSettings paging, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var size = Math.Min(query.PerPage, paging.Max);
        var start = (query.Page - 1L) * query.PerPage;
        var page = start / size;
        var found = await PageAsync(page);
        var total = found.Total;
        if (query.PerPage == size)
        {
            var (data, count) = Write(list.Entity!, found.Items, includeRaw);
            return new EntityResult(data) { Count = count, Total = total, HasMore = total is null && count == size };
        }

        var end = start + query.PerPage;
        var gathered = new List<ReadOnlyMemory<byte>>();
        var items = Records(found);
        Gather();
        while (items.Count == size && (page + 1) * size < Math.Min(end, total ?? end))
        {
            items = Records(await PageAsync(++page));
            Gather();
        }

        var written = Write(list.Entity!, JsonParts.Array(gathered), includeRaw);
        var more = (page * size) + items.Count > end || items.Count == size;
        return new EntityResult(written.Data) { Count = written.Count, Total = total, HasMore = total is null && more };

        // The source's pages begin and end elsewhere than ours.
        void Gather() => gathered.AddRange(items.Where((_, i) => (page * size) + i >= start && (page * size) + i < end));

        Task<RestPage> PageAsync(long number)
        {
            var first = paging.Style == RestPagingStyle.Page ? number + 1 : number * size;
            return SendAsync(With(list, (paging.Parameter, Number(first)), (paging.Size, Number(size))), cancellationToken);
        }
    }

    private async Task<EntityResult> ForwardAsync(
        RestRequest list, RestPagingSettings paging, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var cursor = query.Cursor is { } given ? RestCursor.Unwrap(given, list) : null;
        var gathered = new List<ReadOnlyMemory<byte>>();
        do
        {
            var page = With(list, (paging.Size, Number(Math.Min(query.PerPage - gathered.Count, paging.Max))));
            var found = cursor is null
                ? await SendAsync(page, cancellationToken)
                : await ContinueAsync(With(page, (paging.Parameter, cursor)), cancellationToken);
            gathered.AddRange(Records(found));
            cursor = found.Next;
        }
        while (cursor is not null && gathered.Count < query.PerPage);

        var (data, count) = Write(list.Entity!, JsonParts.Array(gathered), includeRaw);
        return new EntityResult(data) { Count = count, HasMore = cursor is not null, NextCursor = cursor is null ? null : RestCursor.Wrap(cursor, list) };
    }

    private async Task<RestPage> ContinueAsync(RestRequest page, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(page, cancellationToken);
        }
        catch (ApiException e) when (e.Code == ErrorCode.SourceRejected || e.Code == ErrorCode.InvalidRequest)
        {
            throw RestCursor.Invalid(e);
        }
    }

    private async Task<RestPage> SendAsync(RestRequest page, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(page, cancellationToken);
        var members = JsonParts.Members(response.Body, _items, _total, _next);
        var items = _items is null ? response.Body : members[0];
        return items.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? new RestPage(items, Total(members[1].Span), Next(members[2].Span))
            : throw NoList(null);
    }

    private static List<ReadOnlyMemory<byte>> Records(RestPage page)
    {
        try
        {
            return JsonParts.Elements(page.Items);
        }
        catch (JsonException e)
        {
            throw NoList(e);
        }
    }

    private static long? Total(ReadOnlySpan<byte> value) => Utf8Parser.TryParse(value, out long total, out _) ? total : null;

    private static string? Next(ReadOnlySpan<byte> value)
    {
        if (value is not [(byte)'"', ..])
        {
            return null;
        }

        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString() is { Length: > 0 } next ? next : null;
    }

    private static RestRequest With(RestRequest request, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var all = request.Parameters.ToList();
        foreach (var (name, value) in parameters)
        {
            all.Add(RestQuery.Parameter(name, value));
        }

        return request with { Parameters = all };
    }

    private static (ReadOnlyMemory<byte> Data, int Count) Write(EntityPlan entity, ReadOnlyMemory<byte> records, bool includeRaw)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, records.Length));
        var count = entity.Records.WriteArray(records.Span, output, includeRaw);
        return (output.WrittenMemory, count);
    }

    private static ApiException NoList(Exception? cause) => new(ErrorCode.SourceError, "The connected system did not answer with a list.", cause);

    private static byte[]? Utf8(string? name) => name is null ? null : Encoding.UTF8.GetBytes(name);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
