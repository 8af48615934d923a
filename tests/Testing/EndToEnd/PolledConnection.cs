using System.Text.Json;
using Millwright.Testing.App;
using Xunit;

namespace Millwright.Testing.EndToEnd;

/// <summary>A connection that is polled by nothing but the test.</summary>
/// <param name="application">The application's client.</param>
/// <param name="customer">The connection's client.</param>
/// <param name="entities">The entities that are polled; none for all.</param>
public sealed class PolledConnection(ApiClient application, ApiClient customer, params string[] entities)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // The feed holds events back for five seconds.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(6);

    /// <summary>Switches polling on, with as many requests as there can be.</summary>
    public async Task ConfigureAsync(object? more = null)
    {
        var key = (await customer.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString();
        var path = $"/api/system/connections/{key}/sync";
        (await application.PutAsync(path, new { enabled = true, entities = entities is [] ? null : entities, requests_per_minute = 6000 })).Expect(200);
        if (more is not null)
        {
            (await application.PutAsync(path, more)).Expect(200);
        }
    }

    /// <summary>Polls, with or without a comparison of all records, and waits until that has come to its end.</summary>
    public async Task SyncAsync(bool compare = true)
    {
        var asked = TimeProvider.System.GetUtcNow();
        (await customer.PostAsync("/api/sync", new { compare })).Expect(200);
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var status = (await customer.GetAsync("/api/sync-status")).Expect(200).GetProperty("data");
            if (status.GetProperty("entities").EnumerateArray().All(e => IsDone(e, asked) && (!compare || IsLater(e, "last_compared", asked))))
            {
                return;
            }

            Assert.False(limit.IsCancellationRequested, status.ToString());
            await Task.Delay(100);
        }
    }

    /// <summary>Polls again and again, every third time with a comparison, whether Millwright is up or not.</summary>
    public async Task PollUntilAsync(CancellationToken end)
    {
        for (var poll = 0; !end.IsCancellationRequested; poll++)
        {
            try
            {
                var answer = await customer.PostAsync("/api/sync", new { compare = poll % 3 == 0 });
                Assert.True(answer.Status is 200 or 429 or 503, answer.Text);
            }
            catch (HttpRequestException)
            {
                // It is being killed.
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>The events of records, once none is held back any more.</summary>
    public async Task<List<JsonElement>> RecordEventsAsync() => (await EventsAsync()).FindAll(e => e.TryGetProperty("entity", out _));

    /// <summary>All events, once none is held back any more.</summary>
    public async Task<List<JsonElement>> EventsAsync()
    {
        await Task.Delay(Settled);
        List<JsonElement> events = [];
        var cursor = "";
        JsonElement page;
        do
        {
            page = (await customer.GetAsync("/api/changes?per_page=1000" + cursor)).Expect(200);
            events.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = $"&cursor={page.GetProperty("meta").GetProperty("cursor").GetString()}";
        }
        while (page.GetProperty("meta").GetProperty("has_more").GetBoolean());
        return events;
    }

    /// <summary>
    /// Holds the events of an entity against the system: each record's are 1, 2, 3 …, each follows from the one before and differs from it, none
    /// comes twice, none is of another record, and the last is what the system has.
    /// </summary>
    /// <param name="events">All events.</param>
    /// <param name="area">The entity's area.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="touched">The records that were changed. One that came and went between two polls need not be told of.</param>
    public async Task ReconcileAsync(IReadOnlyList<JsonElement> events, string area, string entity, IReadOnlyCollection<string> touched)
    {
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("id").GetString()).Distinct().Count());
        var byRecord = events.Where(e => e.GetProperty("entity").GetString() == entity).GroupBy(e => e.GetProperty("key").GetString()!).ToDictionary(g => g.Key, g => g.ToList());
        Assert.Empty(byRecord.Keys.Except(touched));
        foreach (var key in touched)
        {
            var ofRecord = byRecord.GetValueOrDefault(key, []);
            Assert.Equal(Enumerable.Range(1, ofRecord.Count), ofRecord.Select(e => e.GetProperty("sequence").GetInt32()));

            // A webhook may tell of the end of a record that nothing else was told of.
            Assert.All(
                ofRecord.Where(e => e.GetProperty("sequence").GetInt32() > 1 || e.GetProperty("change").GetString() != "deleted"),
                e => Assert.NotEqual(e.GetProperty("beforeHash").GetString(), e.GetProperty("afterHash").GetString()));
            Assert.All(ofRecord.Zip(ofRecord.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("afterHash").GetString(), pair.Second.GetProperty("beforeHash").GetString()));

            var record = await customer.GetAsync($"/api/{area}/{entity}/{key}");
            if (record.Status == 404)
            {
                Assert.True(ofRecord is [] || ofRecord[^1].GetProperty("change").GetString() == "deleted", $"{entity} {key} is gone, but its last event is {ofRecord.LastOrDefault()}");
                continue;
            }

            Assert.True(ofRecord.Count > 0, $"{entity} {key} was changed, but there is no event of it.");
            Assert.Equal(record.Expect(200).GetProperty("data").GetRawText(), ofRecord[^1].GetProperty("data").GetRawText());
        }
    }

    private static bool IsDone(JsonElement entity, DateTimeOffset since) =>
        entity.GetProperty("state").GetString() == "done" && IsLater(entity, "last_success", since);

    private static bool IsLater(JsonElement entity, string time, DateTimeOffset since) =>
        entity.GetProperty(time) is { ValueKind: JsonValueKind.String } value && value.GetDateTimeOffset() >= since;
}
