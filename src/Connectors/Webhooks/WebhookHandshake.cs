using System.Text;
using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors.Webhooks;

/// <summary>Finds the token that a system wants back when it asks whether somebody is here.</summary>
internal sealed class WebhookHandshake(WebhookHandshakeDefinition definition)
{
    // Tokens are short; whoever sends more than that wants something else.
    private const int MaxLength = 2048;

    private readonly WebhookPath? _body = definition.Body is { } path ? new WebhookPath(path) : null;
    private readonly (WebhookPath Path, string Value)[] _when = [.. definition.When.Select(w => (new WebhookPath(w.Key), w.Value))];

    /// <summary>The token; null where the request is no handshake.</summary>
    public ReadOnlyMemory<byte>? Answer(WebhookRequest request)
    {
        var token = definition.Query is { } query ? request.QueryValues(query) is [var only] ? only : null : InBody(request.Body);
        if (token is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        return Encoding.UTF8.GetBytes(token);
    }

    private string? InBody(ReadOnlyMemory<byte> body)
    {
        if (!WebhookBody.TryParse(body, out var parsed))
        {
            return null;
        }

        using (parsed)
        {
            return Array.TrueForAll(_when, w => w.Path.FindText(parsed.Root) == w.Value) ? _body!.FindText(parsed.Root) : null;
        }
    }
}
