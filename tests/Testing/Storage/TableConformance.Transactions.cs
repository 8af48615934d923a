using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    [Fact]
    public async Task A_transaction_inserts_replaces_and_deletes()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "changed", ("V", "a")));
        await InsertAsync(table, Row("p", "gone"));
        Assert.True(await table.TryTransactAsync(
            [
                new TableWrite.Insert(Row("p", "new")),
                new TableWrite.Replace(Row("p", "changed", ("V", "b")) with { ETag = etag }),
                new TableWrite.Delete(Row("p", "gone")),
            ],
            Cancel));
        Assert.Equal(["changed", "new"], await KeysAsync(table, "p", RowRange.All));
        Assert.Equal("b", (await GetAsync(table, "p", "changed")).Text("V"));
    }

    [Fact]
    public async Task A_transaction_is_the_first_write_of_its_table() =>
        Assert.True(await NewTable().TryTransactAsync([new TableWrite.Insert(Row("p", "r"))], Cancel));

    [Fact]
    public async Task A_replaced_row_has_a_new_etag_after_a_transaction()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r"));
        await table.TryTransactAsync([new TableWrite.Replace(Row("p", "r") with { ETag = etag })], Cancel);
        Assert.NotEqual(etag, (await GetAsync(table, "p", "r")).ETag);
    }

    [Fact]
    public Task A_taken_key_undoes_the_whole_transaction() => NothingIsWrittenAsync((_, _) => new TableWrite.Insert(Row("p", "taken")));

    [Fact]
    public Task A_wrong_etag_undoes_the_whole_transaction() =>
        NothingIsWrittenAsync((stale, _) => new TableWrite.Replace(Row("p", "taken") with { ETag = stale }));

    [Fact]
    public Task Replacing_what_is_not_there_undoes_the_whole_transaction() =>
        NothingIsWrittenAsync((_, current) => new TableWrite.Replace(Row("p", "absent") with { ETag = current }));

    [Fact]
    public Task Deleting_what_is_not_there_undoes_the_whole_transaction() =>
        NothingIsWrittenAsync((_, _) => new TableWrite.Delete(Row("p", "absent")));

    [Fact]
    public Task Deleting_with_a_wrong_etag_undoes_the_whole_transaction() =>
        NothingIsWrittenAsync((stale, _) => new TableWrite.Delete(Row("p", "taken") with { ETag = stale }));

    [Fact]
    public async Task Deleting_with_the_current_etag_succeeds()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r"));
        Assert.True(await table.TryTransactAsync([new TableWrite.Delete(Row("p", "r") with { ETag = etag })], Cancel));
    }

    [Fact]
    public async Task A_replace_without_an_etag_is_refused_in_a_transaction()
    {
        var table = NewTable();
        await Assert.ThrowsAsync<ArgumentException>(() => table.TryTransactAsync(
            [new TableWrite.Insert(Row("p", "new")), new TableWrite.Replace(Row("p", "r"))], Cancel));
        Assert.Empty(await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task A_hundred_writes_fit_one_transaction()
    {
        var table = NewTable();
        Assert.True(await table.TryTransactAsync(Inserts(TableLimits.TransactionWrites), Cancel));
        Assert.Equal(TableLimits.TransactionWrites, (await KeysAsync(table, "p", RowRange.All)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TableLimits.TransactionWrites + 1)]
    public Task A_transaction_of_too_few_or_many_writes_is_refused(int count) => TransactionIsRefusedAsync(Inserts(count));

    // Each of these characters takes six bytes on the wire: 32 Ki of them 192 KiB.
    [Fact]
    public async Task A_transaction_just_under_4_MiB_fits()
    {
        var table = NewTable();
        Assert.True(await table.TryTransactAsync(OfQuotes(21), Cancel));
        Assert.Equal(21, (await KeysAsync(table, "p", RowRange.All)).Count);
    }

    [Fact]
    public Task A_transaction_over_4_MiB_is_refused() => TransactionIsRefusedAsync(OfQuotes(22));

    [Fact]
    public Task A_transaction_over_two_partitions_is_refused() =>
        TransactionIsRefusedAsync([new TableWrite.Insert(Row("p", "a")), new TableWrite.Insert(Row("P", "b"))]);

    [Fact]
    public Task A_transaction_that_writes_a_row_twice_is_refused() =>
        TransactionIsRefusedAsync([new TableWrite.Insert(Row("p", "a")), new TableWrite.Delete(Row("p", "a"))]);

    [Fact]
    public Task A_transaction_with_a_row_outside_the_bounds_is_refused() =>
        TransactionIsRefusedAsync([new TableWrite.Insert(Row("p", "a")), new TableWrite.Insert(Row("p", "b/c"))]);

    private static TableWrite[] Inserts(int count) => [.. Enumerable.Range(0, count).Select(i => new TableWrite.Insert(Row("p", $"{i:D3}")))];

    private static TableWrite[] OfQuotes(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TableWrite.Insert(Row("p", $"{i:D3}", ("V", new string('"', TableLimits.PropertyBytes / 2)))))];

    private async Task TransactionIsRefusedAsync(TableWrite[] writes)
    {
        var table = NewTable();
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryTransactAsync(writes, Cancel));
        Assert.Empty(await KeysAsync(table, "p", RowRange.All));
    }

    private async Task NothingIsWrittenAsync(Func<string, string, TableWrite> failing)
    {
        var table = NewTable();
        var stale = await InsertAsync(table, Row("p", "taken", ("V", "a")));
        var current = await table.TryReplaceAsync(Row("p", "taken", ("V", "b")) with { ETag = stale }, Cancel);
        await InsertAsync(table, Row("p", "kept"));
        Assert.False(await table.TryTransactAsync(
            [
                new TableWrite.Insert(Row("p", "first")),
                new TableWrite.Delete(Row("p", "kept")),
                failing(stale, current!),
                new TableWrite.Insert(Row("p", "last")),
            ],
            Cancel));
        Assert.Equal(["kept", "taken"], await KeysAsync(table, "p", RowRange.All));
        Assert.Equal(current, (await GetAsync(table, "p", "taken")).ETag);
    }
}
