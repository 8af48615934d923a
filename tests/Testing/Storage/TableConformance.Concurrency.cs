using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    private const int Rivals = 16;

    [Fact]
    public async Task A_replace_with_the_current_etag_wins_and_gives_a_new_etag()
    {
        var table = NewTable();
        var first = await InsertAsync(table, Row("p", "r", ("V", "a")));
        var second = await table.TryReplaceAsync(Row("p", "r", ("V", "b")) with { ETag = first }, Cancel);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await GetAsync(table, "p", "r")).ETag);
    }

    [Fact]
    public async Task A_wrong_etag_leaves_the_row_untouched()
    {
        var table = NewTable();
        var stale = await InsertAsync(table, Row("p", "r", ("V", "a")));
        var current = await table.TryReplaceAsync(Row("p", "r", ("V", "b")) with { ETag = stale }, Cancel);
        Assert.Null(await table.TryReplaceAsync(Row("p", "r", ("V", "c")) with { ETag = stale }, Cancel));
        var row = await GetAsync(table, "p", "r");
        Assert.Equal(("b", current), (row.Text("V"), row.ETag));
    }

    [Fact]
    public async Task Replacing_a_deleted_row_is_refused()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r"));
        await table.DeleteAsync("p", "r", Cancel);
        Assert.Null(await table.TryReplaceAsync(Row("p", "r") with { ETag = etag }, Cancel));
        Assert.Null(await table.GetAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task The_etag_of_a_row_does_not_fit_the_row_that_took_its_place()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("V", "same")));
        await table.DeleteAsync("p", "r", Cancel);
        await InsertAsync(table, Row("p", "r", ("V", "same")));
        Assert.Null(await table.TryReplaceAsync(Row("p", "r", ("V", "b")) with { ETag = etag }, Cancel));
    }

    [Fact]
    public async Task Writing_the_same_content_still_gives_a_new_etag()
    {
        var table = NewTable();
        var row = Row("p", "r", ("V", "same"));
        var first = await InsertAsync(table, row);
        var second = await table.TryReplaceAsync(row with { ETag = first }, Cancel);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_replace_without_an_etag_is_refused()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.TryReplaceAsync(Row("p", "r"), Cancel));
    }

    [Fact]
    public async Task Of_many_inserts_of_one_row_at_once_exactly_one_wins()
    {
        var table = NewTable();
        var etags = await Task.WhenAll(Enumerable.Range(0, Rivals).Select(i => table.TryInsertAsync(Row("p", "r", ("V", (long)i)), Cancel)));
        var winner = Array.FindIndex(etags, etag => etag is not null);
        Assert.Single(etags, etag => etag is not null);
        Assert.Equal(winner, (await GetAsync(table, "p", "r")).Number("V"));
    }

    [Fact]
    public async Task Of_many_replaces_with_one_etag_at_once_exactly_one_wins()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r"));
        var etags = await Task.WhenAll(Enumerable.Range(0, Rivals)
            .Select(i => table.TryReplaceAsync(Row("p", "r", ("V", (long)i)) with { ETag = etag }, Cancel)));
        var winner = Array.FindIndex(etags, e => e is not null);
        Assert.Single(etags, e => e is not null);
        Assert.Equal(winner, (await GetAsync(table, "p", "r")).Number("V"));
    }

    [Fact]
    public async Task Of_many_deletes_of_one_row_at_once_exactly_one_wins()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r"));
        var deleted = await Task.WhenAll(Enumerable.Range(0, Rivals).Select(_ => table.DeleteAsync("p", "r", Cancel)));
        Assert.Single(deleted, d => d);
    }

    [Fact]
    public async Task Of_many_transactions_that_insert_one_row_at_once_exactly_one_wins_whole()
    {
        var table = NewTable();
        var won = await Task.WhenAll(Enumerable.Range(0, Rivals).Select(i => table.TryTransactAsync(
            [new TableWrite.Insert(Row("p", "shared")), new TableWrite.Insert(Row("p", $"own{i:D2}"))], Cancel)));
        var winner = Array.IndexOf(won, true);
        Assert.Single(won, w => w);
        Assert.Equal([$"own{winner:D2}", "shared"], await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task A_counter_that_is_retried_on_conflict_loses_no_increment()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", ("V", 0L)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => IncrementAsync(table)));
        Assert.Equal(8, (await GetAsync(table, "p", "r")).Number("V"));
    }

    private static async Task IncrementAsync(ITable table)
    {
        TableRow row;
        do
        {
            row = await GetAsync(table, "p", "r");
            row = Row("p", "r", ("V", row.Number("V")!.Value + 1)) with { ETag = row.ETag };
        }
        while (await table.TryReplaceAsync(row, Cancel) is null);
    }
}
