using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors.Webhooks;

/// <summary>A webhook's body, read strictly: what two readers could read differently is refused. Give it back by disposing.</summary>
internal sealed class WebhookBody : IDisposable
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly JsonDocument _document;

    private WebhookBody(JsonDocument document) => _document = document;

    /// <summary>Its outermost value.</summary>
    public JsonElement Root => _document.RootElement;

    /// <exception cref="WebhookFormatException">It is no JSON object in UTF-8, is nested too deep or repeats a name.</exception>
    public static WebhookBody Parse(ReadOnlyMemory<byte> body) =>
        TryParse(body, out var parsed, out var problem) ? parsed : throw new WebhookFormatException(problem);

    public static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebhookBody? parsed) => TryParse(body, out parsed, out _);

    public void Dispose() => _document.Dispose();

    private static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebhookBody? parsed, [NotNullWhen(false)] out string? problem)
    {
        parsed = null;
        problem = "The webhook's body is not UTF-8.";
        if (!Utf8.IsValid(body.Span))
        {
            return false;
        }

        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                parsed = new WebhookBody(document);
                return true;
            }

            document.Dispose();
            problem = "The webhook's body is not a JSON object.";
            return false;
        }
        catch (JsonException e)
        {
            // Without the cause, whose message quotes the body.
            var place = string.Create(CultureInfo.InvariantCulture, $"byte {e.BytePositionInLine ?? 0} of line {(e.LineNumber ?? 0) + 1}");
            problem = $"The webhook's body is not well-formed JSON of at most {MaxDepth} levels that names nothing twice; it was read up to {place}.";
            return false;
        }
        catch (InvalidOperationException)
        {
            // A name that is half of a surrogate pair, as an escape: well-formed JSON that is no text.
            problem = "The webhook's body has a name that is no text.";
            return false;
        }
    }
}
