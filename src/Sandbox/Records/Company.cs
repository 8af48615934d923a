using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Records;

/// <summary>The data set of one key: every collection in memory, each write passed on to the database before it can be read.</summary>
internal sealed class Company
{
    /// <summary>The user on whose behalf a key acts.</summary>
    public const string UserId = "usr_1001";

    private readonly Dictionary<string, Table> _tables;
    private readonly Action<Change> _persist;
    private readonly TimeProvider _time;

    /// <param name="rows">What the database holds, in order of creation.</param>
    /// <param name="persist">Writes a change through; when it throws, nothing has changed.</param>
    /// <param name="time">Gives the timestamps.</param>
    public Company(IEnumerable<StoredRow> rows, Action<Change> persist, TimeProvider time)
    {
        _persist = persist;
        _time = time;
        var stored = rows.ToLookup(row => row.Collection, StringComparer.Ordinal);
        _tables = Catalog.Collections.ToDictionary(collection => collection.Name, collection => new Table(collection), StringComparer.Ordinal);
        foreach (var (name, table) in _tables)
        {
            var live = stored[name].Where(row => row.Json is not null).Select(row => Record.Read(table.Collection, row.Sequence, row.Json!));
            table.Load(live, stored[name].Select(row => row.Sequence).DefaultIfEmpty().Max());
        }
    }

    /// <summary>Held while a record is checked and written, so that what was checked still holds.</summary>
    public Lock Gate { get; init; } = new();

    public DateTimeOffset Now => _time.GetUtcNow();

    public Record[] Rows(Collection collection) => _tables[collection.Name].Rows;

    public Record? Find(string collection, string id) => _tables[collection].Find(id);

    /// <summary>Stores new content under the next id.</summary>
    public Record Add(Collection collection, JsonObject content)
    {
        var sequence = _tables[collection.Name].NextSequence;
        var number = sequence.ToString(CultureInfo.InvariantCulture);
        content["id"] ??= collection.IdPrefix + "_" + number;
        if (collection.NumberPrefix is not null)
        {
            content["number"] = collection.NumberPrefix + number;
        }

        if (collection.States is not null)
        {
            content["state"] ??= collection.States.Initial;
        }

        var now = Now;
        content["created_at"] = WireFormat.Instant(now);
        return Store(new Change(Change.Created, Complete(collection, sequence, content, now), now));
    }

    /// <summary>Stores changed content of an existing record. Content that looks the same on the wire is no change.</summary>
    public Record Replace(Record record, JsonObject content)
    {
        var now = Now;
        var changed = Complete(record.Collection, record.Sequence, content, now);
        return changed.Json.AsSpan().SequenceEqual(record.Json) ? record : Store(new Change(Change.Updated, changed, now));
    }

    public void Remove(Record record)
    {
        _persist(new Change(Change.Deleted, record, Now));
        _tables[record.Collection.Name].Remove(record);
    }

    /// <summary>Another record that points at this one, or null.</summary>
    public Record? ReferrerOf(Record record) => _tables.Values
        .Where(table => References.To(record.Collection.Name, table.Collection.Fields))
        .SelectMany(table => table.Rows)
        .FirstOrDefault(row => !ReferenceEquals(row, record) && References.Has(row, record));

    private static Record Complete(Collection collection, long sequence, JsonObject content, DateTimeOffset now)
    {
        content["updated_at"] = WireFormat.Instant(now);
        collection.Complete?.Invoke(content, now);
        return Record.From(collection, sequence, content);
    }

    private Record Store(Change change)
    {
        _persist(change);
        _tables[change.Record.Collection.Name].Put(change.Record);
        return change.Record;
    }
}
