using System.Text.Json;

namespace Millwright.Connectors.Mapping;

/// <summary>Where one wanted value of the present record is in the source's bytes.</summary>
internal readonly struct Slot(JsonTokenType type, int start, int length, bool escaped)
{
    /// <summary>The type of a value that stands where a nested object was expected: no codec can read it.</summary>
    public const JsonTokenType Misplaced = JsonTokenType.EndObject;

    public JsonTokenType Type { get; } = type;

    public bool IsAbsent => Type is JsonTokenType.None or JsonTokenType.Null;

    public int Start { get; } = start;

    public int Length { get; } = length;

    public SourceToken In(ReadOnlySpan<byte> source) => new(Type, source.Slice(Start, Length), escaped);
}
