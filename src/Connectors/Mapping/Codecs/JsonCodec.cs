using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Any JSON, passed through as it is.</summary>
public sealed class JsonCodec : Codec
{
    /// <summary>The one there is.</summary>
    public static JsonCodec Instance { get; } = new();

    /// <inheritdoc/>
    public override string Expects => "a JSON value";

    /// <inheritdoc/>
    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        output.Raw(token.Raw);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = JsonValue.Create(text);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryWrite(JsonElement unified, [NotNullWhen(true)] out JsonNode? source)
    {
        source = JsonNode.Parse(unified.GetRawText());
        return source is not null;
    }
}
