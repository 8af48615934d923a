using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Mapping;

/// <summary>
/// One pass over a source's records. Per record it notes where the wanted values are, then writes the fields in the model's order by copying
/// or decoding those bytes. Property names are expected in the order of the record before, so that most look-ups are one comparison.
/// </summary>
internal ref struct RecordReader(string entity, RecordShape shape, ReadOnlySpan<byte> source, bool includeRaw)
{
    // Far above what records nest, so that an odd subtree nobody wants does not spoil the page.
    private const int MaxDepth = 1000;
    private const int Remembered = 128;

    private readonly ReadOnlySpan<byte> _source = source;
    private readonly RecordSlots _record = new(shape.AllSlots, shape.AllLists);
    private readonly List<SeenName>[] _seen = new List<SeenName>[shape.AllNodes];

    /// <summary>Writes an array of records.</summary>
    public int WriteArray(IBufferWriter<byte> writer)
    {
        try
        {
            var reader = Open(JsonTokenType.StartArray, "an array of records");
            var output = new JsonOutput(writer);
            var count = 0;
            output.Raw((byte)'[');
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (count > 0)
                {
                    output.Raw((byte)',');
                }

                WriteOne(ref reader, ref output);
                count++;
            }

            output.Raw((byte)']');
            output.Flush();
            End(ref reader);
            return count;
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    /// <summary>Writes one record.</summary>
    public void WriteRecord(IBufferWriter<byte> writer)
    {
        try
        {
            var reader = Open(JsonTokenType.StartObject, "a record");
            var output = new JsonOutput(writer);
            WriteOne(ref reader, ref output);
            output.Flush();
            End(ref reader);
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    private readonly Utf8JsonReader Open(JsonTokenType expected, string what)
    {
        if (!Utf8.IsValid(_source))
        {
            throw new ApiException(ErrorCode.SourceError, $"The connected system's answer for {entity} is not UTF-8.");
        }

        var reader = new Utf8JsonReader(_source, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return reader.TokenType == expected
            ? reader
            : throw new ApiException(ErrorCode.SourceError, $"The connected system's answer for {entity} is not {what}.");
    }

    // Nothing may follow the value; the reader itself refuses whatever does.
    private static void End(ref Utf8JsonReader reader) => reader.Read();

    private readonly ApiException Malformed(JsonException cause) =>
        new(ErrorCode.SourceError, $"The connected system's answer for {entity} is not well-formed JSON at byte {cause.BytePositionInLine} of line {cause.LineNumber + 1}.", cause);

    private readonly void WriteOne(ref Utf8JsonReader reader, ref JsonOutput output)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ApiException(ErrorCode.SourceError, $"The connected system's answer for {entity} has something else where a record should be.");
        }

        var start = (int)reader.TokenStartIndex;
        _record.Clear(shape.Slots);
        ReadObject(ref reader, shape.Root);
        output.Raw((byte)'{');
        if (_record.ProblemField is not null || !shape.Write(_record, _source, ref output))
        {
            throw Unreadable();
        }

        if (includeRaw)
        {
            output.Raw(shape.Fields.Count > 0 ? ",\"raw\":"u8 : "\"raw\":"u8);
            output.Raw(_source[start..(int)reader.BytesConsumed]);
        }

        output.Raw((byte)'}');
    }

    private readonly ApiException Unreadable()
    {
        var field = _record.ProblemField!;
        var key = shape.KeySlot < 0 ? "" : KeyText(_record[shape.KeySlot].In(_source));
        return new ApiException(ErrorCode.SourceError, $"The connected system's {entity} {key} cannot be read: {field} {_record.ProblemMessage}.")
        {
            Details = [new ErrorDetail(field, _record.ProblemMessage!)],
        };
    }

    private static string KeyText(in SourceToken token) =>
        token.TryGetText(stackalloc byte[256], out var text) ? Encoding.UTF8.GetString(text) : "without a key";

    private readonly void ReadObject(ref Utf8JsonReader reader, SourceNode node)
    {
        var position = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = Find(ref reader, node, position++);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                ReadValue(ref reader, child);
            }
        }
    }

    private readonly SourceNode? Find(ref Utf8JsonReader reader, SourceNode node, int position)
    {
        var seen = _seen[node.Ordinal] ??= [];
        var name = reader.ValueSpan;
        if (position < seen.Count && name.SequenceEqual(_source.Slice(seen[position].Start, seen[position].Length)))
        {
            return seen[position].Child;
        }

        var child = node.Child(ref reader);
        var now = new SeenName((int)reader.TokenStartIndex + 1, name.Length, child);
        if (position < seen.Count)
        {
            seen[position] = now;
        }
        else if (position < Remembered)
        {
            seen.Add(now);
        }

        return child;
    }

    private readonly void ReadValue(ref Utf8JsonReader reader, SourceNode node)
    {
        var type = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        var escaped = reader.ValueIsEscaped;
        if (type == JsonTokenType.StartObject && node.Children.Count > 0)
        {
            // A property that comes twice: the last one counts, whole.
            Mark(node, default);
            ReadObject(ref reader, node);
        }
        else if (type == JsonTokenType.StartArray && node.List is { } list)
        {
            ReadList(ref reader, list);
        }
        else
        {
            reader.Skip();
            if (node.Children.Count > 0)
            {
                Mark(node, type == JsonTokenType.Null ? default : new Slot(Slot.Misplaced, start, 0, escaped: false));
            }
        }

        if (node.Slot >= 0)
        {
            _record[node.Slot] = new Slot(type, start, (int)reader.BytesConsumed - start, escaped);
        }
    }

    private readonly void Mark(SourceNode node, Slot slot)
    {
        foreach (var child in node.Children)
        {
            if (child.Slot >= 0)
            {
                _record[child.Slot] = slot;
            }

            Mark(child, slot);
        }
    }

    private readonly void ReadList(ref Utf8JsonReader reader, ListField list)
    {
        var buffer = _record.List(list.Ordinal);
        buffer.ResetWrittenCount();
        var output = new JsonOutput(buffer);
        output.Raw((byte)'[');
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_record.ProblemField is not null)
            {
                // The record is lost; its end is needed for the key and for nothing else.
                reader.Skip();
                continue;
            }

            if (index > 0)
            {
                output.Raw((byte)',');
            }

            if (!ReadItem(ref reader, list, ref output))
            {
                _record.FailIn(string.Create(CultureInfo.InvariantCulture, $"{list.Name}[{index}]"));
            }
        }

        output.Raw((byte)']');
        output.Flush();
    }

    private readonly bool ReadItem(ref Utf8JsonReader reader, ListField list, ref JsonOutput output)
    {
        if (list.ItemShape is not { } item)
        {
            var (type, start, escaped) = (reader.TokenType, (int)reader.TokenStartIndex, reader.ValueIsEscaped);
            reader.Skip();
            return list.WriteScalar(_record, new SourceToken(type, _source[start..(int)reader.BytesConsumed], escaped), ref output);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return _record.Fail("", "is not an object in the source");
        }

        _record.Clear(item.Slots);
        ReadObject(ref reader, item.Root);
        output.Raw((byte)'{');
        var written = _record.ProblemField is null && item.Write(_record, _source, ref output);
        output.Raw((byte)'}');
        return written;
    }

    /// <summary>A property name that the record before had at the same place.</summary>
    private readonly record struct SeenName(int Start, int Length, SourceNode? Child);
}
