using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Seed;

/// <summary>Fills a company by the rules that callers' records go through, at moments of the past.</summary>
internal sealed class SeedWriter
{
    /// <summary>The day after the last thing that happened in the seed.</summary>
    public static readonly DateTimeOffset Today = new(2026, 9, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly Clock _clock = new();
    private readonly Company _company;

    public SeedWriter() => _company = new Company([], _ => { }, _clock);

    /// <summary>Starts at a fixed seed, so that every run makes the same choices.</summary>
    public Random Random { get; } = new(20260930);

    public Record[] Rows(string collection) => _company.Rows(Catalog.Get(collection));

    public Record Pick(string collection) => Pick(Rows(collection));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    /// <summary>A moment in working hours.</summary>
    public DateTimeOffset DaysAgo(double days) => Today.AddDays(-Math.Ceiling(days)).AddHours(7).AddSeconds(Random.Next(9 * 3600));

    /// <summary>The moment, or the last one before today: nothing in the seed lies in its future.</summary>
    public static DateTimeOffset Past(DateTimeOffset moment) => moment < Today ? moment : Today.AddSeconds(-1);

    public static string Date(DateTimeOffset moment) => WireFormat.Instant(moment)[..10];

    /// <summary>The lines of an embedded table below its header, split into cells.</summary>
    public static IEnumerable<string[]> Table(string name)
    {
        using var stream = typeof(SeedWriter).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split('|'))];
    }

    /// <summary>The cell, or null where it is empty.</summary>
    public static string? Optional(string cell) => cell.Length == 0 ? null : cell;

    /// <summary>Item uses written as <c>itm_1001:2 itm_1007:1</c>.</summary>
    public static object[] ItemUses(string cell) =>
    [
        .. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((use, index) => use.Split(':') is [var item, var qty]
            ? new { item_id = item, qty = int.Parse(qty, System.Globalization.CultureInfo.InvariantCulture), position = $"{(index + 1) * 10}" }
            : throw new FormatException($"'{use}' is not an item use.")),
    ];

    /// <param name="collection">The collection's name.</param>
    /// <param name="content">An object whose members are the record's fields.</param>
    /// <param name="created">When it came into being.</param>
    /// <param name="updated">When it last changed, if later.</param>
    /// <exception cref="InvalidOperationException">The content breaks the collection's rules.</exception>
    public Record Add(string collection, object content, DateTimeOffset created, DateTimeOffset? updated = null)
    {
        var kind = Catalog.Get(collection);
        var draft = new Draft(_company.Find, trusted: true);
        var given = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(content))!.AsObject();
        var built = draft.Build(kind.Fields, given);
        if (draft.Errors.Count > 0)
        {
            throw new InvalidOperationException($"Bad seed for {collection}: " + string.Join("; ", draft.Errors));
        }

        _clock.Now = created;
        var record = _company.Add(kind, built);
        _clock.Now = updated ?? created;
        return updated is null ? record : _company.Replace(record, record.Open());
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Today;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
