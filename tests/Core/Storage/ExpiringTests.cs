using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Storage;

public sealed class ExpiringTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();

    [Fact]
    public async Task A_row_that_is_renewed_during_the_sweep_stays()
    {
        var table = _domain.Store.Tables.Table("Expiring");
        var now = _domain.Time.GetUtcNow();
        var row = Row(now);
        row = row with { ETag = await table.TryInsertAsync(row, TestContext.Current.CancellationToken) };

        var swept = await Expiring.SweepAsync(
            table,
            now,
            _ => table.TryReplaceAsync(Row(now.AddDays(1)) with { ETag = row.ETag }, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);

        Assert.Equal(0, swept);
        Assert.NotNull(await table.GetAsync(row.PartitionKey, row.RowKey, TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private static TableRow Row(DateTimeOffset expiresAt) => new("ab", "abc")
    {
        Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [Expiring.ExpiresAt] = expiresAt },
    };
}
