using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Asks for single pages of a source's lists and takes them apart.</summary>
internal sealed class RestPages(RestClient client, RestSettings settings)
{
    private readonly byte[]? _items = Utf8(settings.List.Items);
    private readonly byte[]? _total = Utf8(settings.List.Total);
    private readonly byte[]? _next = Utf8(settings.List.NextCursor);

    /// <summary>The page that a request asks for; the source's first where it names none.</summary>
    public async Task<RestPage> ReadAsync(RestRequest list, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(list, cancellationToken);
        var members = JsonParts.Members(response.Body, _items, _total, _next);
        var items = _items is null ? response.Body : members[0];
        return items.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? new RestPage(items, Total(members[1].Span), Next(members[2].Span))
            : throw NoList(null);
    }

    /// <summary>The page of a number, from 0.</summary>
    public Task<RestPage> ByNumberAsync(RestRequest list, long number, int size, CancellationToken cancellationToken)
    {
        var paging = settings.PagingOf(list.Entity!.Definition);
        var first = paging.Style == RestPagingStyle.Page ? number + 1 : number * size;
        return ReadAsync(With(list, (paging.Parameter, Number(first)), (paging.Size, Number(size))), cancellationToken);
    }

    /// <summary>The page that a cursor of the source's leads to, or the first one.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: the source refuses it.</exception>
    public async Task<RestPage> ForwardAsync(RestRequest list, string? cursor, int size, CancellationToken cancellationToken)
    {
        var paging = settings.PagingOf(list.Entity!.Definition);
        var page = With(list, (paging.Size, Number(size)));
        if (cursor is null)
        {
            return await ReadAsync(page, cancellationToken);
        }

        try
        {
            return await ReadAsync(With(page, (paging.Parameter, cursor)), cancellationToken);
        }
        catch (ApiException e) when (e.Code == ErrorCode.SourceRejected || e.Code == ErrorCode.InvalidRequest)
        {
            throw RestCursor.Invalid(e);
        }
    }

    /// <summary>The bytes of each record of a page.</summary>
    public static List<ReadOnlyMemory<byte>> Records(RestPage page)
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

    private static ApiException NoList(Exception? cause) => new(ErrorCode.SourceError, "The connected system did not answer with a list.", cause);

    private static byte[]? Utf8(string? name) => name is null ? null : Encoding.UTF8.GetBytes(name);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
