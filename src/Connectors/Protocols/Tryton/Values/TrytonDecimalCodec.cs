using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;

namespace Millwright.Connectors.Protocols.Tryton.Values;

/// <summary>Exact decimals: <c>{"__class__":"Decimal","decimal":"4.2000"}</c>. Never a JSON number: Tryton would see a float's noise and refuse it.</summary>
internal sealed class TrytonDecimalCodec : NumericCodec
{
    private TrytonDecimalCodec(NumericType type)
        : base(type)
    {
    }

    /// <summary>For unified decimals.</summary>
    public static new TrytonDecimalCodec Exact { get; } = new(NumericType.Exact);

    /// <summary>For unified numbers.</summary>
    public static new TrytonDecimalCodec Number { get; } = new(NumericType.Number);

    /// <inheritdoc/>
    protected override bool TryGetNumber(in SourceToken token, Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        if (token.Type != JsonTokenType.StartObject)
        {
            return base.TryGetNumber(token, buffer, out text);
        }

        text = default;
        var reader = new Utf8JsonReader(token.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("decimal"u8);
            reader.Read();
            if (wanted)
            {
                text = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? reader.ValueSpan : default;
                return !text.IsEmpty;
            }

            reader.Skip();
        }

        return false;
    }

    /// <inheritdoc/>
    protected override JsonNode ToSource(string number) => new JsonObject { ["__class__"] = "Decimal", ["decimal"] = number };
}
