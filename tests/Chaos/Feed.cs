using System.Text.Json;
using Millwright.Testing.App;

namespace Millwright.Chaos.Tests;

/// <summary>Reads the change feed as a customer's program does.</summary>
internal static class Feed
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int QuietPages = 15;

    /// <summary>All events of records, once none has come for longer than the feed holds them back.</summary>
    public static async Task<List<JsonElement>> ReadAsync(ApiClient application, CancellationToken cancellationToken)
    {
        List<JsonElement> events = [];
        string? cursor = null;
        for (var quiet = 0; quiet < QuietPages;)
        {
            var page = (await application.GetAsync($"/api/changes?per_page=1000{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);

            // The outages are told of too, as events of the connection.
            events.AddRange(page.GetProperty("data").EnumerateArray().Where(e => e.TryGetProperty("entity", out _)));
            cursor = page.GetProperty("meta").GetProperty("cursor").GetString();
            if (page.GetProperty("meta").GetProperty("has_more").GetBoolean())
            {
                continue;
            }

            quiet++;
            await Task.Delay(Pause, cancellationToken);
        }

        return events;
    }
}
