using System.Globalization;
using System.Text;
using System.Text.Json;
using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors.Webhooks;

/// <summary>Reads what grows with every change of a record.</summary>
internal sealed class WebhookVersion(WebhookVersionDefinition definition)
{
    private const int TickDigits = 7;

    private readonly WebhookPath _path = new(definition.Path!);
    private readonly bool _isTime = definition.As != "number";
    private readonly Codec _codec = ValueDialect.Json.ForName(definition.As, definition.As == "number" ? FieldType.Integer : FieldType.DateTime)!;

    /// <summary>The number, or a time's UTC ticks; null where the body has none.</summary>
    /// <exception cref="WebhookFormatException">It is something else.</exception>
    public long? Read(JsonElement body)
    {
        var value = _path.Find(body);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (!_codec.TryRead(value, out var text))
        {
            throw Unreadable();
        }

        return text is null ? null : _isTime ? Ticks(text) : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Unreadable();
    }

    private long Ticks(string text)
    {
        if (!IsoText.TryParse(Encoding.UTF8.GetBytes(text), out var moment))
        {
            throw Unreadable();
        }

        var fraction = (decimal)moment.Fraction;
        for (var digits = moment.FractionDigits; digits < TickDigits; digits++)
        {
            fraction *= 10;
        }

        for (var digits = moment.FractionDigits; digits > TickDigits; digits--)
        {
            fraction /= 10;
        }

        return moment.Utc.Ticks + (long)fraction;
    }

    private WebhookFormatException Unreadable() => new($"The webhook's version is not {(_isTime ? "a time" : "a whole number of 64 bits")} ('{_path.Text}').");
}
