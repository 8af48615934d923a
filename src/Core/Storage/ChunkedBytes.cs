using System.IO.Compression;

namespace Millwright.Core.Storage;

/// <summary>Bytes of a row that may be more than one property holds: compressed where that pays, and cut into properties.</summary>
public static class ChunkedBytes
{
    /// <summary>The most bytes kept, after compression: what a row holds beside its other properties.</summary>
    public const int Limit = 14 * TableLimits.PropertyBytes;

    // Small ones gain nothing that is worth the time.
    private const int CompressFrom = 16 * 1024;

    /// <summary>Whether <see cref="Add"/> would take them.</summary>
    public static bool Fit(ReadOnlyMemory<byte> bytes) => bytes.Length <= Limit || Compress(bytes).Length <= Limit;

    /// <summary>Adds the properties <c>{name}0</c>, <c>{name}1</c>, … and, where compressed, <c>{name}Compressed</c>.</summary>
    /// <exception cref="StorageLimitException">They do not fit.</exception>
    public static void Add(IDictionary<string, object> properties, string name, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length >= CompressFrom && Compress(bytes) is var compressed && compressed.Length < bytes.Length)
        {
            bytes = compressed;
            properties[name + "Compressed"] = true;
        }

        if (bytes.Length > Limit)
        {
            throw new StorageLimitException($"{bytes.Length} bytes are over the limit of {Limit} for '{name}'.");
        }

        for (var (chunk, at) = (0, 0); at < bytes.Length; chunk++, at += TableLimits.PropertyBytes)
        {
            properties[$"{name}{chunk}"] = bytes[at..Math.Min(at + TableLimits.PropertyBytes, bytes.Length)].ToArray();
        }
    }

    /// <summary>The bytes as they were added; null where there are none.</summary>
    public static ReadOnlyMemory<byte>? Of(TableRow row, string name)
    {
        if (row.Bytes(name + "0") is not { } first)
        {
            return null;
        }

        using var all = new MemoryStream();
        for (var (chunk, bytes) = (0, first); bytes is not null; bytes = row.Bytes($"{name}{++chunk}"))
        {
            all.Write(bytes);
        }

        return row.Properties.ContainsKey(name + "Compressed") ? Decompress(all) : all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> bytes)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(bytes.Span);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static ReadOnlyMemory<byte> Decompress(MemoryStream compressed)
    {
        compressed.Position = 0;
        using var brotli = new BrotliStream(compressed, CompressionMode.Decompress);
        using var output = new MemoryStream();
        brotli.CopyTo(output);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
