using System.Buffers;

namespace Millwright.Connectors.Mapping;

/// <summary>What a reader knows of the record it is in: where each wanted value is, the lists already normalized, and the first problem.</summary>
internal sealed class RecordSlots(int slots, int lists)
{
    private readonly Slot[] _slots = new Slot[slots];
    private readonly ArrayBufferWriter<byte>?[] _lists = new ArrayBufferWriter<byte>?[lists];

    /// <summary>The field whose source value cannot be read, from the place it was found in; null while all is well.</summary>
    public string? ProblemField { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public string? ProblemMessage { get; private set; }

    public ref Slot this[int slot] => ref _slots[slot];

    public void Clear(int[] slots)
    {
        foreach (var slot in slots)
        {
            _slots[slot] = default;
        }
    }

    /// <summary>The buffer that holds a list's normalized items.</summary>
    public ArrayBufferWriter<byte> List(int list) => _lists[list] ??= new ArrayBufferWriter<byte>();

    /// <summary>Notes that a value cannot be read.</summary>
    /// <returns>False, for the writer to return.</returns>
    public bool Fail(string field, string message)
    {
        ProblemField = field;
        ProblemMessage = message;
        return false;
    }

    /// <summary>Tells where the object is that holds the field with the problem.</summary>
    /// <returns>False, for the writer to return.</returns>
    public bool FailIn(string place)
    {
        ProblemField = ProblemField is { Length: > 0 } field ? $"{place}.{field}" : place;
        return false;
    }
}
