using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>True or false; the source may also have them as text, or as 1 and 0. Other forms are for the mapping's <c>map</c>.</summary>
public sealed class BooleanCodec : Codec
{
    /// <summary>The one there is.</summary>
    public static BooleanCodec Instance { get; } = new();

    /// <inheritdoc/>
    public override string Expects => "true or false";

    /// <inheritdoc/>
    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        if (!token.TryGetText(stackalloc byte[64], out var text))
        {
            return false;
        }

        if (text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8))
        {
            output.Raw("true"u8);
        }
        else if (text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8))
        {
            output.Raw("false"u8);
        }
        else if (text.IsEmpty)
        {
            output.Null();
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = text switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ => null,
        };
        return source is not null;
    }
}
