using System.Collections.Concurrent;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Records;

/// <summary>The records of one collection in memory. Readers need no lock; writers must hold the company's.</summary>
internal sealed class Table(Collection collection)
{
    private const long FirstSequence = 1001;
    private readonly ConcurrentDictionary<string, Record> _byId = new(StringComparer.Ordinal);
    private volatile Record[] _rows = [];

    public Collection Collection => collection;

    /// <summary>The records in order of creation. The array is never changed, only replaced.</summary>
    public Record[] Rows => _rows;

    /// <summary>The running number of the next new record.</summary>
    public long NextSequence { get; private set; } = FirstSequence;

    public Record? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Fills the empty table.</summary>
    /// <param name="records">In order of creation.</param>
    /// <param name="lastSequence">The highest running number ever given, of deleted records too.</param>
    public void Load(IEnumerable<Record> records, long lastSequence)
    {
        _rows = [.. records];
        foreach (var record in _rows)
        {
            _byId[record.Id] = record;
        }

        NextSequence = Math.Max(FirstSequence, lastSequence + 1);
    }

    public void Put(Record record)
    {
        if (_byId.ContainsKey(record.Id))
        {
            _rows = [.. _rows.Select(row => row.Sequence == record.Sequence ? record : row)];
        }
        else
        {
            _rows = [.. _rows, record];
            NextSequence = record.Sequence + 1;
        }

        _byId[record.Id] = record;
    }

    public void Remove(Record record)
    {
        _rows = [.. _rows.Where(row => row.Sequence != record.Sequence)];
        _byId.TryRemove(record.Id, out _);
    }
}
