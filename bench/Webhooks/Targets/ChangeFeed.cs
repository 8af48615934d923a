using System.Text.Json;
using Millwright.Testing.App;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Reads <c>GET /api/changes</c> from its beginning, a page at a time.</summary>
internal sealed class ChangeFeed(ApiClient application)
{
    private string? _cursor;

    /// <summary>Milliseconds from receiving to applying of the record changes since the last call. The feed's times count whole milliseconds.</summary>
    public async Task<IReadOnlyList<double>> ReadOnAsync()
    {
        List<double> times = [];
        while (true)
        {
            var query = _cursor is null ? "" : $"?cursor={Uri.EscapeDataString(_cursor)}";
            var page = (await application.GetAsync($"/api/changes{query}")).Expect(200);
            foreach (var change in page.GetProperty("data").EnumerateArray())
            {
                // Events that no webhook brought about, such as a poll's, were never received.
                if (TimeOf(change, "receivedAt") is { } received && TimeOf(change, "createdAt") is { } applied)
                {
                    times.Add((applied - received).TotalMilliseconds);
                }
            }

            var next = CursorOf(page);
            if (page.GetProperty("data").GetArrayLength() == 0 || next is null || next == _cursor)
            {
                return times;
            }

            _cursor = next;
        }
    }

    private static DateTimeOffset? TimeOf(JsonElement change, string name) =>
        change.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.String ? time.GetDateTimeOffset() : null;

    private static string? CursorOf(JsonElement page)
    {
        foreach (var holder in (ReadOnlySpan<string>)["meta", "links", ""])
        {
            var at = holder.Length == 0 ? page : page.TryGetProperty(holder, out var inner) ? inner : default;
            foreach (var name in (ReadOnlySpan<string>)["cursor", "next_cursor", "nextCursor"])
            {
                if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var cursor) && cursor.ValueKind == JsonValueKind.String)
                {
                    return cursor.GetString();
                }
            }
        }

        throw new InvalidOperationException($"The change feed's page has no cursor: {page.GetRawText()[..Math.Min(500, page.GetRawText().Length)]}");
    }
}
