using System.Buffers;

namespace Millwright.Connectors.Mapping;

/// <summary>Writes finished pieces of JSON one after the other. Adds nothing of its own; call <see cref="Flush"/> at the end.</summary>
/// <param name="writer">Takes the bytes.</param>
public ref struct JsonOutput(IBufferWriter<byte> writer)
{
    private const int Chunk = 4096;
    private Span<byte> _free;
    private int _used;

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        if (json.Length > _free.Length - _used)
        {
            Grow(json.Length);
        }

        json.CopyTo(_free[_used..]);
        _used += json.Length;
    }

    /// <summary>Writes one byte as it is.</summary>
    public void Raw(byte json)
    {
        if (_used == _free.Length)
        {
            Grow(1);
        }

        _free[_used++] = json;
    }

    /// <summary>Writes text that needs no escapes, in quotes.</summary>
    public void Quoted(scoped ReadOnlySpan<byte> text)
    {
        Raw((byte)'"');
        Raw(text);
        Raw((byte)'"');
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void Null() => Raw("null"u8);

    /// <summary>Hands everything to the writer.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            writer.Advance(_used);
        }

        _free = default;
        _used = 0;
    }

    private void Grow(int length)
    {
        Flush();
        _free = writer.GetSpan(Math.Max(length, Chunk));
    }
}
