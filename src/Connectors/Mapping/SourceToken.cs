using System.Text.Json;

namespace Millwright.Connectors.Mapping;

/// <summary>One value of a source record, as it stands in the source's bytes.</summary>
/// <param name="type">What it is; for objects and arrays the start.</param>
/// <param name="raw">All of its bytes: quotes and brackets included.</param>
/// <param name="escaped">Whether it is text that has escapes.</param>
public readonly ref struct SourceToken(JsonTokenType type, ReadOnlySpan<byte> raw, bool escaped)
{
    /// <summary>What it is; for objects and arrays the start.</summary>
    public JsonTokenType Type { get; } = type;

    /// <summary>All of its bytes: quotes and brackets included.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Whether it is text that has escapes.</summary>
    public bool Escaped { get; } = escaped;

    /// <summary>The bytes of a scalar: text without quotes and escapes, numbers and booleans as they stand.</summary>
    /// <param name="buffer">Where text with escapes is decoded.</param>
    /// <param name="text">The bytes.</param>
    /// <returns>
    /// False for objects, arrays and null, and for text with escapes that does not fit into the buffer or is no text: half of a surrogate pair.
    /// </returns>
    public bool TryGetText(Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = Raw;
        switch (Type)
        {
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return true;
            case JsonTokenType.String when !Escaped:
                text = Raw[1..^1];
                return true;
            case JsonTokenType.String when Raw.Length <= buffer.Length:
                return TryUnescape(buffer, out text);
            default:
                return false;
        }
    }

    private bool TryUnescape(Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(Raw);
        reader.Read();
        try
        {
            text = buffer[..reader.CopyString(buffer)];
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader takes an escape of half a pair for well-formed; it cannot be decoded.
            text = default;
            return false;
        }
    }
}
