using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Webhooks;

/// <summary>Counts what becomes of a company's webhooks.</summary>
internal sealed class WebhookStats
{
    private readonly int[] _counts = new int[Enum.GetValues<WebhookCount>().Length];

    public void Count(WebhookCount what, int by = 1) => Interlocked.Add(ref _counts[(int)what], by);

    public JsonObject Show() => new(Enum.GetValues<WebhookCount>().Select(what => KeyValuePair.Create(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(what.ToString()), (JsonNode?)Volatile.Read(ref _counts[(int)what]))));

    public void Reset() => Array.Clear(_counts);
}
