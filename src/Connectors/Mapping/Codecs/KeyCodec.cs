using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>A key: text in the unified model, whatever the source has.</summary>
public sealed class KeyCodec : Codec
{
    private readonly bool _integer;

    private KeyCodec(bool integer) => _integer = integer;

    /// <summary>For sources whose keys are text.</summary>
    public static KeyCodec Text { get; } = new(integer: false);

    /// <summary>For sources whose keys are whole numbers.</summary>
    public static KeyCodec Number { get; } = new(integer: true);

    /// <inheritdoc/>
    public override string Expects => "a key";

    /// <inheritdoc/>
    public override string Accepts => _integer ? "a key of the connected system, which is a whole number" : "a key";

    /// <inheritdoc/>
    public override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        switch (token.Type)
        {
            case JsonTokenType.String:
                output.Raw(token.Raw);
                return true;
            case JsonTokenType.Number:
                Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
                if (!DecimalText.TryNormalize(token.Raw, digits, out var length) || !DecimalText.TryWhole(digits[..length], out length))
                {
                    return false;
                }

                output.Quoted(digits[..length]);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = !_integer ? JsonValue.Create(text)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : null;
        return source is not null;
    }
}
