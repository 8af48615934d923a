using System.Text.Json;

namespace Millwright.Connectors.Webhooks;

/// <summary>A place in a webhook's body: names with dots between them, or <c>$</c> for the body itself.</summary>
internal sealed class WebhookPath(string text)
{
    private readonly string[] _names = text == "$" ? [] : text.Split('.');

    /// <summary>As the definition has it.</summary>
    public string Text { get; } = text;

    /// <summary>The value; undefined where the body has none there, or null.</summary>
    public JsonElement Find(JsonElement body)
    {
        var place = body;
        foreach (var name in _names)
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
            {
                return default;
            }
        }

        return place.ValueKind == JsonValueKind.Null ? default : place;
    }

    /// <summary>The value as text, a number as it stands; null where there is none, or it is empty or something else.</summary>
    public string? FindText(JsonElement body)
    {
        var value = Find(body);
        var found = value.ValueKind switch
        {
            JsonValueKind.String => TextOf(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrEmpty(found) ? null : found;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape: well-formed JSON that is no text.
            return null;
        }
    }
}
