using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Named values. A source value that is not listed passes through the field's own codec; a unified one that is not is refused.</summary>
internal sealed class MapCodec : Codec
{
    private readonly (byte[] Source, byte[] Unified)[] _read;
    private readonly IReadOnlyDictionary<string, SourceValues> _write;
    private readonly Codec _other;

    /// <param name="map">The source values by unified value; each unified value one that <paramref name="literal"/> reads from text.</param>
    /// <param name="literal">Writes the unified values as the model has them.</param>
    /// <param name="other">Reads what is not listed.</param>
    /// <exception cref="FormatException">A unified value is none of the field's type.</exception>
    public MapCodec(IReadOnlyDictionary<string, SourceValues> map, Codec literal, Codec other)
    {
        _write = map;
        _other = other;
        _read =
        [
            .. from entry in map
               let unified = Literal.Encode(entry.Key, literal)
               from source in entry.Value.All
               select (Encoding.UTF8.GetBytes(source.ToString()), unified),
        ];
        Accepts = "one of " + string.Join(", ", map.Keys);
    }

    public override string Expects => _other.Expects;

    public override string Accepts { get; }

    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        if (token.TryGetText(stackalloc byte[256], out var text))
        {
            foreach (var (source, unified) in _read)
            {
                if (text.SequenceEqual(source))
                {
                    output.Raw(unified);
                    return true;
                }
            }
        }

        return _other.TryRead(token, ref output);
    }

    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = _write.TryGetValue(text, out var values) ? values.Written.DeepClone() : null;
        return source is not null;
    }
}
