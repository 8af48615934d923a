namespace Millwright.Core.Tests.Bench;

/// <summary>Reconciles the events of a record with what the source did to it.</summary>
internal static class ToldHistory
{
    /// <summary>
    /// The events are a chain without gaps, each a real change, that tells states of the record in the order in which it had them, and ends
    /// with what it is.
    /// </summary>
    public static void AssertTold(this FakeSource source, string key, IEnumerable<SeenEvent> events)
    {
        var own = events.Where(e => e.Key == key).ToList();
        Assert.Equal(Enumerable.Range(1, own.Count), own.Select(e => (int)e.Sequence));
        Assert.Equal(own.SkipLast(1).Select(e => e.AfterHash), own.Skip(1).Select(e => e.BeforeHash));
        Assert.All(own, e => Assert.True(e.Sequence == 1 || e.BeforeHash != e.AfterHash));
        AssertPartOf(source.HistoryOf(key), own.Select(e => e.Data));
        Assert.Equal(source.Json(key), own.LastOrDefault()?.Data);
    }

    // Nothing older comes after something newer.
    private static void AssertPartOf(IReadOnlyList<string?> history, IEnumerable<string?> told)
    {
        var at = 0;
        foreach (var state in told)
        {
            while (at < history.Count && history[at] != state)
            {
                at++;
            }

            Assert.True(at++ < history.Count, $"'{state}' was told too late or never was.");
        }
    }
}
