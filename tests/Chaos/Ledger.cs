using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Identity;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks;
using Millwright.Embedded;

namespace Millwright.Chaos.Tests;

/// <summary>Holds what was sent against what came of it.</summary>
internal sealed class Ledger(Script script, string connection, Sender sender, IReadOnlyList<JsonElement> events)
{
    private readonly Dictionary<string, List<JsonElement>> _byRecord =
        events.GroupBy(e => e.GetProperty("key").GetString()!).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    public void EveryWebhookWasAccepted() =>
        Assert.Equal(script.Changes.Select(c => c.WebhookId).Order(StringComparer.Ordinal), sender.Accepted.Keys.Order(StringComparer.Ordinal));

    public void EveryForgeryWasRefused()
    {
        Assert.Equal(script.Steps.Count(s => s.Change.Kind == WebhookKind.Forged), sender.Refused);
        Assert.DoesNotContain(_byRecord.Keys, key => key.StartsWith("forged", StringComparison.Ordinal));
    }

    public void NoEventCameTwice() => Assert.Equal(events.Count, events.Select(e => e.GetProperty("id").GetString()).Distinct().Count());

    public void EveryRecordsEventsAreInOrder()
    {
        foreach (var (record, ofRecord) in _byRecord)
        {
            Assert.True(
                ofRecord.Select(e => e.GetProperty("sequence").GetInt64()).SequenceEqual(Enumerable.Range(1, ofRecord.Count).Select(i => (long)i)),
                $"The events of {record} are not 1, 2, 3 …");
            var versions = ofRecord.ConvertAll(VersionOf);
            Assert.True(versions.Zip(versions.Skip(1)).All(pair => pair.First < pair.Second), $"{record} goes back: {string.Join(' ', versions)}");
        }
    }

    public void EveryRecordEndsAtItsHighestVersion(ChangingSystem system, Dictionary<string, int> inSystem)
    {
        var highest = script.Changes.Where(c => c.Kind is WebhookKind.Fat or WebhookKind.Thin).GroupBy(c => system.IdOf(c.Record)).ToDictionary(g => g.Key, g => g.Max(c => c.Version));
        Assert.Equal(highest.Keys.Order(StringComparer.Ordinal), _byRecord.Keys.Order(StringComparer.Ordinal));
        Assert.All(highest, record => Assert.Equal(record.Value, VersionOf(_byRecord[record.Key][^1])));
        Assert.All(inSystem, record => Assert.Equal(record.Value, VersionOf(_byRecord[record.Key][^1])));
    }

    /// <summary>Every accepted webhook has exactly one row, with an outcome; there is no other row.</summary>
    public async Task<string> EveryWebhookIsDoneWithAsync(string databasePath, CancellationToken cancellationToken)
    {
        using var random = RandomNumberGenerator.Create();
        await using var store = EmbeddedStore.Open(
            new EmbeddedOptions { Path = databasePath, Queues = [] }, TimeProvider.System, random, NullLogger<EmbeddedStore>.Instance);
        var outcomes = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var table in store.Tables.ListAsync(ProcessedWebhooks.TablePrefix, cancellationToken))
        {
            for (var partition = 0; partition < 256; partition++)
            {
                await foreach (var row in store.Tables.Table(table).QueryAsync(partition.ToString("x2"), RowRange.All, cancellationToken))
                {
                    outcomes.Add(row.RowKey, row.Text("Outcome") ?? "none");
                }
            }
        }

        Assert.Equal(
            script.Changes.Select(c => SecretHash.Of($"{connection}\n{c.WebhookId}")).Order(StringComparer.Ordinal), outcomes.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("none", outcomes.Values);
        Assert.Equal(script.Changes.Count(c => c.Kind == WebhookKind.Unreadable), outcomes.Values.Count(o => o == nameof(WebhookOutcome.Parked)));
        return $"{outcomes.Count} webhooks, {events.Count} events; "
            + string.Join(", ", outcomes.Values.GroupBy(o => o).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {g.Count()}"));
    }

    private static int VersionOf(JsonElement e) => ChangingSystem.VersionOf(e.GetProperty("data").GetProperty("name").GetString()!);
}
