using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>
/// Numbers, exact to the digit. The unified form is a JSON number, for <c>decimal</c> fields text in JSON. The source may have numbers or
/// numbers in text; empty text means no value. A protocol with a form of its own derives from this.
/// </summary>
/// <param name="type">What the number is in the unified model.</param>
public class NumericCodec(NumericType type) : Codec
{
    private readonly bool _asText;

    private NumericCodec(NumericType type, bool asText)
        : this(type) => _asText = asText;

    /// <summary>Whole numbers, numbers in the source.</summary>
    public static NumericCodec Whole { get; } = new(NumericType.Whole);

    /// <summary>Whole numbers, text in the source.</summary>
    public static NumericCodec WholeAsText { get; } = new(NumericType.Whole, asText: true);

    /// <summary>Numbers, numbers in the source.</summary>
    public static NumericCodec Number { get; } = new(NumericType.Number);

    /// <summary>Numbers, text in the source.</summary>
    public static NumericCodec NumberAsText { get; } = new(NumericType.Number, asText: true);

    /// <summary>Exact decimals, numbers in the source.</summary>
    public static NumericCodec Exact { get; } = new(NumericType.Exact);

    /// <summary>Exact decimals, text in the source.</summary>
    public static NumericCodec ExactAsText { get; } = new(NumericType.Exact, asText: true);

    /// <inheritdoc/>
    public override string Expects => type == NumericType.Whole ? "a whole number" : "a number";

    /// <inheritdoc/>
    public sealed override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        // Most numbers are as JSON has them and need no decoding.
        if (token.Type == JsonTokenType.Number && token.Raw.Length <= DecimalText.MaxLength
            && !(type == NumericType.Whole ? token.Raw.ContainsAny((byte)'.', (byte)'e', (byte)'E') : token.Raw.ContainsAny((byte)'e', (byte)'E')))
        {
            Write(token.Raw, ref output);
            return true;
        }

        return TryDecode(token, ref output);
    }

    private bool TryDecode(in SourceToken token, ref JsonOutput output)
    {
        Span<byte> buffer = stackalloc byte[DecimalText.MaxLength];
        Span<byte> number = stackalloc byte[DecimalText.MaxLength];
        if (!TryGetNumber(token, buffer, out var text))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            output.Null();
            return true;
        }

        if (!DecimalText.TryNormalize(text, number, out var length) || (type == NumericType.Whole && !DecimalText.TryWhole(number[..length], out length)))
        {
            return false;
        }

        Write(number[..length], ref output);
        return true;
    }

    private void Write(scoped ReadOnlySpan<byte> number, ref JsonOutput output)
    {
        if (type == NumericType.Exact)
        {
            output.Quoted(number);
        }
        else
        {
            output.Raw(number);
        }
    }

    /// <inheritdoc/>
    public sealed override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        Span<byte> number = stackalloc byte[DecimalText.MaxLength];
        source = null;
        if (!DecimalText.TryNormalize(Encoding.UTF8.GetBytes(text), number, out var length)
            || (type == NumericType.Whole && !DecimalText.TryWhole(number[..length], out length)))
        {
            return false;
        }

        source = ToSource(Encoding.ASCII.GetString(number[..length]));
        return true;
    }

    /// <summary>The number's text in a source value; empty where the value means that there is none.</summary>
    /// <param name="token">The value.</param>
    /// <param name="buffer">Room for decoding escapes.</param>
    /// <param name="text">The number in any common notation; it is checked afterwards.</param>
    /// <returns>False where the value cannot hold a number.</returns>
    protected virtual bool TryGetNumber(in SourceToken token, Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = default;
        return token.Type is JsonTokenType.Number or JsonTokenType.String && token.TryGetText(buffer, out text);
    }

    /// <summary>The source's form of a number.</summary>
    /// <param name="number">In JSON's form, without an exponent.</param>
    protected virtual JsonNode ToSource(string number) => _asText ? JsonValue.Create(number) : JsonNode.Parse(number)!;
}
