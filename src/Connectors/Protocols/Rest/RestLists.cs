using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Reads lists page by page. A page of ours that is larger than the source's largest is gathered from several of its.</summary>
internal sealed class RestLists(RestClient client, RestSettings settings)
{
    public async Task<EntityResult> ListAsync(EntityPlan entity, string path, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var paging = entity.Definition.Rest?.Paging ?? settings.Paging;
        var parameters = RestQuery.Of(query, entity, settings);
        return paging.Style == RestPagingStyle.Cursor
            ? await ForwardAsync(entity, path, parameters, paging, query, includeRaw, cancellationToken)
            : await ByNumberAsync(entity, path, parameters, paging, query, includeRaw, cancellationToken);
    }

    /// <summary>The records of a list's answer.</summary>
    public List<ReadOnlyMemory<byte>> Items(UpstreamResponse response) => JsonParts.Elements(Array(response));

    private async Task<EntityResult> ByNumberAsync(
        EntityPlan entity, string path, IReadOnlyList<string> parameters, RestPagingSettings paging, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var size = Math.Min(query.PerPage, paging.Max);
        var start = (query.Page - 1L) * query.PerPage;
        var end = start + query.PerPage;
        var page = start / size;
        var response = await PageAsync(page);
        if (query.PerPage == size)
        {
            var (data, count) = Write(entity, Array(response), includeRaw);
            return Result(data, count, Total(response), hasMore: count == size);
        }

        var gathered = new List<ReadOnlyMemory<byte>>(query.PerPage);
        long? total;
        bool more;
        while (true)
        {
            var items = Items(response);
            gathered.AddRange(items.Skip((int)Math.Max(0, start - (page * size))).Take(query.PerPage - gathered.Count));
            total = Total(response);
            page++;
            more = items.Count == size && !(page * size >= total);
            if (!more || page * size >= end)
            {
                break;
            }

            response = await PageAsync(page);
        }

        var written = Write(entity, JsonParts.Array(gathered), includeRaw);
        return Result(written.Data, written.Count, total, more);

        Task<UpstreamResponse> PageAsync(long number) => GetAsync(
            entity,
            path,
            [
                .. parameters,
                RestQuery.Parameter(paging.Parameter, Number(paging.Style == RestPagingStyle.Page ? number + 1 : number * size)),
                RestQuery.Parameter(paging.Size, Number(size)),
            ],
            cancellationToken);
    }

    private async Task<EntityResult> ForwardAsync(
        EntityPlan entity, string path, IReadOnlyList<string> parameters, RestPagingSettings paging, ListQuery query, bool includeRaw, CancellationToken cancellationToken)
    {
        var cursor = RestCursor.Unwrap(entity.Name, query);
        var gathered = new List<ReadOnlyMemory<byte>>();
        do
        {
            var size = RestQuery.Parameter(paging.Size, Number(Math.Min(query.PerPage - gathered.Count, paging.Max)));
            string[] all = cursor is null ? [.. parameters, size] : [.. parameters, RestQuery.Parameter(paging.Parameter, cursor), size];
            UpstreamResponse response;
            try
            {
                response = await GetAsync(entity, path, all, cancellationToken);
            }
            catch (ApiException e) when (cursor is not null && (e.Code == ErrorCode.SourceRejected || e.Code == ErrorCode.InvalidRequest))
            {
                throw RestCursor.Invalid();
            }

            gathered.AddRange(Items(response));
            cursor = Next(response);
        }
        while (cursor is not null && gathered.Count < query.PerPage);

        var (data, count) = Write(entity, JsonParts.Array(gathered), includeRaw);
        return Result(data, count, null, cursor is not null) with { NextCursor = cursor is null ? null : RestCursor.Wrap(cursor, entity.Name, query) };
    }

    private async Task<UpstreamResponse> GetAsync(EntityPlan entity, string path, IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(HttpMethod.Get, path, parameters, null, cancellationToken);
        return response.IsSuccess ? response : throw RestError.From(response, RequestSafety.Read, settings.Errors, entity);
    }

    private ReadOnlyMemory<byte> Array(UpstreamResponse response)
    {
        var items = response.Body;
        return (settings.List.Items is null || JsonParts.TryGetMember(response.Body, Utf8(settings.List.Items), out items)) && items.Span is [(byte)'[', ..]
            ? items
            : throw new ApiException(ErrorCode.SourceError, "The connected system did not answer with a list.");
    }

    private long? Total(UpstreamResponse response) =>
        settings.List.Total is { } name && JsonParts.TryGetMember(response.Body, Utf8(name), out var value) && Utf8Parser.TryParse(value.Span, out long total, out _) ? total : null;

    private string? Next(UpstreamResponse response)
    {
        if (settings.List.NextCursor is not { } name || !JsonParts.TryGetMember(response.Body, Utf8(name), out var value))
        {
            return null;
        }

        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } next ? next : null;
    }

    private static (ReadOnlyMemory<byte> Data, int Count) Write(EntityPlan entity, ReadOnlyMemory<byte> records, bool includeRaw)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, records.Length));
        var count = entity.Records.WriteArray(records.Span, output, includeRaw);
        return (output.WrittenMemory, count);
    }

    private static EntityResult Result(ReadOnlyMemory<byte> data, int count, long? total, bool hasMore) =>
        new(data) { Count = count, Total = total, HasMore = total is null && hasMore };

    private static byte[] Utf8(string name) => System.Text.Encoding.UTF8.GetBytes(name);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
