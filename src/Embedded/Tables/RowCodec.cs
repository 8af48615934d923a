namespace Millwright.Embedded.Tables;

/// <summary>A row's properties as bytes: their number, then each one's name, type and value.</summary>
internal static class RowCodec
{
    private const byte Text = 1, Number = 2, Double = 3, Flag = 4, Time = 5, Bytes = 6;

    public static byte[] Encode(IReadOnlyDictionary<string, object> properties)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(properties.Count);
        foreach (var (name, value) in properties)
        {
            writer.Write(name);
            Write(writer, value);
        }

        return stream.ToArray();
    }

    public static Dictionary<string, object> Decode(byte[] row)
    {
        using var reader = new BinaryReader(new MemoryStream(row, writable: false));
        var count = reader.Read7BitEncodedInt();
        var properties = new Dictionary<string, object>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            properties.Add(reader.ReadString(), Read(reader));
        }

        return properties;
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write(Text);
                writer.Write(text);
                break;
            case long number:
                writer.Write(Number);
                writer.Write(number);
                break;
            case double number:
                writer.Write(Double);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(Flag);
                writer.Write(flag);
                break;
            case DateTimeOffset time:
                writer.Write(Time);
                writer.Write(time.UtcTicks);
                break;
            case byte[] bytes:
                writer.Write(Bytes);
                writer.Write7BitEncodedInt(bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new ArgumentException($"A table does not hold {value.GetType()}.", nameof(value));
        }
    }

    private static object Read(BinaryReader reader) => reader.ReadByte() switch
    {
        Text => reader.ReadString(),
        Number => reader.ReadInt64(),
        Double => reader.ReadDouble(),
        Flag => reader.ReadBoolean(),
        Time => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        Bytes => reader.ReadBytes(reader.Read7BitEncodedInt()),
        var type => throw new InvalidDataException($"A stored row holds an unknown property type {type}."),
    };
}
