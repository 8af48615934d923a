using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Text; numbers and booleans are read as the text they are.</summary>
public sealed class TextCodec : Codec
{
    /// <summary>The one there is.</summary>
    public static TextCodec Instance { get; } = new();

    /// <inheritdoc/>
    public override string Expects => "text";

    /// <inheritdoc/>
    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        switch (token.Type)
        {
            case JsonTokenType.String:
                output.Raw(token.Raw);
                return true;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                output.Quoted(token.Raw);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = JsonValue.Create(text);
        return true;
    }
}
