using System.Text.Json;
using Millwright.Connectors.Definitions.Webhooks;

namespace Millwright.Connectors.Webhooks;

/// <summary>Reads a value of ours out of a webhook that says it in its sender's words.</summary>
internal sealed class WebhookValue
{
    private readonly WebhookValueDefinition _definition;
    private readonly WebhookPath? _path;
    private readonly Dictionary<string, string> _ours;

    public WebhookValue(WebhookValueDefinition definition)
    {
        _definition = definition;
        _path = definition.Path is { } path ? new WebhookPath(path) : null;
        _ours = definition.Map.SelectMany(m => m.Value.All, (m, source) => (Ours: m.Key, Source: source.ToString()))
            .ToDictionary(p => p.Source, p => p.Ours, StringComparer.Ordinal);
    }

    /// <summary>The place it is read from; empty for a constant.</summary>
    public string Place => _path?.Text ?? "";

    /// <summary>The value; null where the body has no text or number there.</summary>
    public string? Read(JsonElement body)
    {
        if (_path is null)
        {
            return _definition.Constant;
        }

        return _path.FindText(body) is { } text ? _ours.GetValueOrDefault(Cut(text), Cut(text)) : null;
    }

    private string Cut(string text)
    {
        if (_definition.Before is { } before)
        {
            return text.LastIndexOf(before, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;
        }

        return _definition.After is { } after && text.LastIndexOf(after, StringComparison.Ordinal) is >= 0 and var end ? text[(end + after.Length)..] : text;
    }
}
