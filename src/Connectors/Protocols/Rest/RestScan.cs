using System.Globalization;
using System.Text;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>
/// A page of a walk over all records of an entity: one request. The walk follows the source's cursors where it has them. What changed since
/// a time is walked in the order of the modified time, asking each time for what comes from the last one read on: a record that changes
/// meanwhile moves to the end of such a list, which would shift the others past a page number. Everything else goes by page numbers.
/// </summary>
internal sealed class RestScan(RestPages pages, RestSettings settings, RestRequest list, ScanRequest request)
{
    private const int LongestPosition = 2_000;

    private static readonly byte[] UpdatedMember = Encoding.UTF8.GetBytes(StampFields.Updated);

    private readonly EntityPlan _entity = list.Entity!;
    private readonly RestPagingSettings _paging = settings.PagingOf(list.Entity!.Definition);

    private int Size => Math.Min(request.Size, _paging.Max);

    private FieldPlan Updated =>
        _entity.Records.TryGetField(StampFields.Updated, out var updated) ? updated : throw new InvalidOperationException($"{_entity.Name} maps no modified time.");

    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>: the position is not of this walk. <c>SOURCE_ERROR</c>: the source does not list as its definition says.</exception>
    public Task<ScanPage> ReadAsync(CancellationToken cancellationToken)
    {
        var since = request.Since is { } time ? Text(time) : null;
        return _paging.Style == RestPagingStyle.Cursor ? ForwardAsync(since, cancellationToken)
            : since is not null && IsSortable(StampFields.Updated) ? ByTimeAsync(since, cancellationToken)
            : ByNumberAsync(since, cancellationToken);
    }

    private async Task<ScanPage> ForwardAsync(string? since, CancellationToken cancellationToken)
    {
        var walk = Ask(since, null);
        var cursor = request.Position is { } given ? RestCursor.Unwrap(given, Marked(walk)) : null;
        var page = await pages.ForwardAsync(walk, cursor, Size, cancellationToken);
        return new ScanPage(_entity.Normalize(page.Items, includeRaw: false).Data, Wrap(page.Next, walk)) { Total = page.Total };
    }

    // In the order of creation new records come at the end and a deletion moves records towards the first page, so a walk of several pages
    // only learns from its first request where the list ends, and goes back from there: it misses none. Where the source does not sort so or
    // does not say where the list ends, or where a filter lets changed records in between the others, the walk goes forward, and a deletion
    // during it may make it miss another record. Who compares walks has to ask for what one lacks by its key before it takes it for deleted.
    private async Task<ScanPage> ByNumberAsync(string? since, CancellationToken cancellationToken)
    {
        var isSorted = IsSortable(StampFields.Created);
        var walk = Ask(since, isSorted ? StampFields.Created : null);
        var at = Position(walk) ?? new RestPosition(0);
        var page = await pages.ByNumberAsync(walk, at.Page, Size, cancellationToken);
        if (isSorted && since is null && request.Position is null && page.Total > Size)
        {
            var end = new RestPosition((page.Total.Value - 1) / Size, IsBack: true);
            return new ScanPage("[]"u8.ToArray(), Wrap(end.ToString(), walk)) { Total = page.Total };
        }

        var (records, count) = _entity.Normalize(page.Items, includeRaw: false);
        var next = at.IsBack ? at.Back()
            : IsEnd(at, page, count) ? null
            : at with { Page = at.Page + 1 };
        return new ScanPage(records, Wrap(next?.ToString(), walk)) { Total = page.Total };
    }

    private async Task<ScanPage> ByTimeAsync(string since, CancellationToken cancellationToken)
    {
        var walk = Ask(since, StampFields.Updated);
        var at = Position(walk) ?? new RestPosition(0, since);
        var from = at.From ?? throw RestCursor.Invalid();
        var page = await pages.ByNumberAsync(Ask(from, StampFields.Updated), at.Page, Size, cancellationToken);
        var (records, count) = _entity.Normalize(page.Items, includeRaw: false);
        var next = at.IsBack ? at.Back()
            : IsEnd(at, page, count) ? at.After(null, isEnd: true)
            : at.After(LastTime(records, from), isEnd: false);
        return new ScanPage(records, Wrap(next?.ToString(), walk)) { Total = request.Position is null ? page.Total : null };
    }

    private bool IsEnd(RestPosition at, RestPage page, int count) =>
        count == 0 || (page.Total is { } total ? (at.Page + 1) * Size >= total : count < Size);

    private RestRequest Ask(string? from, string? sort)
    {
        var fields = request.Entity.Record;
        Filter[] filters = from is null ? [] : [new Filter(fields.Find(StampFields.Updated)!, FilterOperator.GreaterThanOrEqual, [from])];
        Sort[] sorts = sort is null ? [] : [new Sort(fields.Find(sort)!, Descending: false)];
        return list with { Parameters = RestQuery.Of(ListQuery.Everything with { Filters = filters, Sorts = sorts }, _entity, settings) };
    }

    private bool IsSortable(string name) => _entity.Records.TryGetField(name, out var field) && RestQuery.IsSortable(field, _entity, settings);

    private RestPosition? Position(RestRequest walk)
    {
        if (request.Position is null)
        {
            return null;
        }

        var position = RestPosition.Parse(RestCursor.Unwrap(request.Position, Marked(walk)));
        return position is not null && new[] { position.From, position.Then }.All(t => t is null || Updated.TryToSourceValue(t, out _))
            ? position
            : throw RestCursor.Invalid();
    }

    private string? Wrap(string? position, RestRequest walk)
    {
        var wrapped = position is null ? null : RestCursor.Wrap(position, Marked(walk));
        return wrapped is null or { Length: <= LongestPosition }
            ? wrapped
            : throw new ApiException(ErrorCode.SourceError, "The connected system's cursor is longer than is taken.");
    }

    // A page number means something else with another size.
    private RestRequest Marked(RestRequest walk) =>
        walk with { Parameters = [.. walk.Parameters, RestQuery.Parameter(_paging.Size, Size.ToString(CultureInfo.InvariantCulture))] };

    // The source may keep whole days, seconds or milliseconds: what changed within one has its beginning as its time.
    private string Text(DateTimeOffset since)
    {
        var unit = Updated.Definition.As switch
        {
            "date" => TimeSpan.TicksPerDay,
            "epoch-seconds" => TimeSpan.TicksPerSecond,
            "epoch-millis" => TimeSpan.TicksPerMillisecond,
            _ => 1,
        };
        return FieldValue.Format(new DateTimeOffset(since.UtcTicks - (since.UtcTicks % unit), TimeSpan.Zero));
    }

    // The time of the last record; the very text of "from" where it is the same moment, so that the walk sees that it stays there.
    private static string LastTime(ReadOnlyMemory<byte> records, string from)
    {
        var time = JsonParts.Members(JsonParts.Elements(records)[^1], UpdatedMember)[0].Span;
        var last = time is [(byte)'"', .. var text, (byte)'"'] ? Encoding.UTF8.GetString(text) : "";
        return string.CompareOrdinal(Comparable(last), Comparable(from)) switch
        {
            > 0 => last,
            0 => from,
            _ => throw new ApiException(ErrorCode.SourceError, "The connected system does not list records in the order of their modified time, as it was asked to."),
        };
    }

    // Instants in UTC have the order of their text once the fractions of a second have no zeros at their ends.
    private static string Comparable(string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('Z').TrimEnd('0').TrimEnd('.') : time.TrimEnd('Z');
}
