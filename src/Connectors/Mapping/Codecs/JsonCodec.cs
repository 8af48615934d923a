using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>JSON, passed through as it is.</summary>
public sealed class JsonCodec : Codec
{
    private readonly bool _isObject;

    private JsonCodec(bool isObject) => _isObject = isObject;

    /// <summary>Any JSON value.</summary>
    public static JsonCodec Any { get; } = new(isObject: false);

    /// <summary>A JSON object with whatever fields the source has.</summary>
    public static JsonCodec AnyObject { get; } = new(isObject: true);

    /// <inheritdoc/>
    public override string Expects => _isObject ? "an object" : "a JSON value";

    /// <inheritdoc/>
    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        if (_isObject && token.Type != JsonTokenType.StartObject)
        {
            return false;
        }

        output.Raw(token.Raw);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = _isObject ? null : JsonValue.Create(text);
        return source is not null;
    }

    /// <inheritdoc/>
    public override bool TryWrite(JsonElement unified, [NotNullWhen(true)] out JsonNode? source)
    {
        source = _isObject && unified.ValueKind != JsonValueKind.Object ? null : JsonNode.Parse(unified.GetRawText());
        return source is not null;
    }
}
