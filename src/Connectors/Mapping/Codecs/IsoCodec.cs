using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Dates and times that the source has as ISO 8601 text. Empty text means no value.</summary>
public sealed class IsoCodec : TemporalCodec
{
    private readonly bool _sourceIsDate;

    private IsoCodec(bool isDate, bool sourceIsDate)
        : base(isDate) => _sourceIsDate = sourceIsDate;

    /// <summary>A date that is a date in the source.</summary>
    public static IsoCodec Date { get; } = new(isDate: true, sourceIsDate: true);

    /// <summary>A date that is a time in the source.</summary>
    public static IsoCodec DateFromDateTime { get; } = new(isDate: true, sourceIsDate: false);

    /// <summary>A time.</summary>
    public static IsoCodec DateTime { get; } = new(isDate: false, sourceIsDate: false);

    /// <summary>A time that is only a date in the source.</summary>
    public static IsoCodec DateTimeFromDate { get; } = new(isDate: false, sourceIsDate: true);

    /// <inheritdoc/>
    protected override bool TryParse(in SourceToken token, out Moment? moment)
    {
        moment = null;
        if (token.Type != JsonTokenType.String || !token.TryGetText(stackalloc byte[128], out var text))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            return true;
        }

        var read = IsoText.TryParse(text, out var found);
        moment = found;
        return read;
    }

    /// <inheritdoc/>
    protected override JsonNode ToSource(Moment moment)
    {
        Span<byte> text = stackalloc byte[IsoText.MaxLength];
        var length = _sourceIsDate ? IsoText.WriteDate(moment, text) : IsoText.WriteUtc(moment, text);
        return JsonValue.Create(Encoding.ASCII.GetString(text[..length]));
    }
}
