using System.Text.Json;
using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Reads <c>GET /api/changes</c> from its beginning, a page at a time.</summary>
internal sealed class ChangeFeed(ApiClient application)
{
    private const int PageSize = 1000;

    private string? _cursor;

    /// <summary>When a webhook was received, and when its event was made. The feed counts whole milliseconds.</summary>
    internal sealed record Change(DateTimeOffset Received, DateTimeOffset Applied);

    /// <summary>The changes since the last call, as far as the feed shows them yet.</summary>
    public async Task<IReadOnlyList<Change>> ReadOnAsync()
    {
        List<Change> changes = [];
        while (true)
        {
            var after = _cursor is null ? "" : $"&cursor={Uri.EscapeDataString(_cursor)}";
            var page = (await application.GetAsync($"/api/changes?per_page={PageSize}{after}")).Expect(200);
            foreach (var change in page.GetProperty("data").EnumerateArray())
            {
                // Events that no webhook brought about, such as a poll's, were never received.
                if (TimeOf(change, "receivedAt") is { } received && TimeOf(change, "createdAt") is { } applied)
                {
                    changes.Add(new Change(received, applied));
                }
            }

            if (page.GetProperty("data").GetArrayLength() == 0)
            {
                return changes;
            }

            _cursor = page.GetProperty("meta").GetProperty("cursor").GetString();
        }
    }

    private static DateTimeOffset? TimeOf(JsonElement change, string name) =>
        change.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.String ? time.GetDateTimeOffset() : null;
}
