using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    [Fact]
    public async Task A_query_gives_the_rows_of_one_partition_only()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "a"));
        await InsertAsync(table, Row("p2", "b"));
        await InsertAsync(table, Row("P", "c"));
        Assert.Equal(["a"], await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task A_query_gives_whole_rows()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("V", "x")));
        var row = Assert.Single(await table.QueryAsync("p", RowRange.All, Cancel).ToListAsync(Cancel));
        Assert.Equal(("p", "r", etag, "x"), (row.PartitionKey, row.RowKey, row.ETag, row.Text("V")));
    }

    [Fact]
    public async Task Row_keys_are_in_ordinal_order()
    {
        string[] keys = ["", " ", "-", "0", "10", "9", "A", "Z", "_", "a", "aa", "b", "z", "~", "\u00E9", "\u00FC", "\u4E2D", "\uFF21"];
        var table = NewTable();
        foreach (var key in keys.Reverse())
        {
            await InsertAsync(table, Row("p", key));
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task Keys_outside_the_basic_plane_sort_by_their_utf_16_code_units()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "\uFF21"));
        await InsertAsync(table, Row("p", "\U0001F600"));
        Assert.Equal(["\U0001F600", "\uFF21"], await KeysAsync(table, "p", RowRange.All));
    }

    public static TheoryData<string?, string?, string> Ranges => new()
    {
        { null, null, "a b c d" },
        { "b", null, "b c d" },
        { "bb", null, "c d" },
        { null, "c", "a b" },
        { "b", "d", "b c" },
        { "b", "b", "" },
        { "d", "b", "" },
        { "x", null, "" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task A_range_includes_its_start_and_excludes_its_end(string? from, string? before, string expected)
    {
        var table = NewTable();
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await InsertAsync(table, Row("p", key));
        }

        Assert.Equal(expected, string.Join(' ', await KeysAsync(table, "p", new RowRange(from, before))));
    }

    public static TheoryData<int, string> Takes => new() { { 0, "" }, { 1, "b" }, { 2, "b c" }, { 9, "b c d" } };

    [Theory]
    [MemberData(nameof(Takes))]
    public async Task Take_gives_the_first_rows_of_the_range(int take, string expected)
    {
        var table = NewTable();
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await InsertAsync(table, Row("p", key));
        }

        Assert.Equal(expected, string.Join(' ', await KeysAsync(table, "p", new RowRange("b", Take: take))));
    }

    // The end of each of these ranges holds a character that a key may not hold.
    [Theory]
    [InlineData("x.")]
    [InlineData("x>")]
    [InlineData("x\"")]
    [InlineData("x[")]
    [InlineData("x'")]
    public async Task A_prefix_gives_the_keys_that_start_with_it(string prefix)
    {
        var table = NewTable();
        foreach (var key in new[] { "x", prefix, prefix + "1", "y" })
        {
            await InsertAsync(table, Row("p", key));
        }

        Assert.Equal([prefix, prefix + "1"], await KeysAsync(table, "p", RowRange.StartingWith(prefix)));
    }

    [Fact]
    public async Task A_partition_of_more_rows_than_a_page_comes_whole_and_in_order()
    {
        const int Count = 1_150;
        var table = NewTable();
        foreach (var batch in Enumerable.Range(0, Count).Chunk(TableLimits.TransactionWrites))
        {
            Assert.True(await table.TryTransactAsync([.. batch.Select(i => new TableWrite.Insert(Row("p", $"{i:D5}")))], Cancel));
        }

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i:D5}"), await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task A_table_may_be_written_while_it_is_enumerated()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "a"));
        await InsertAsync(table, Row("p", "b"));
        await foreach (var row in table.QueryAsync("p", RowRange.All, Cancel))
        {
            Assert.True(await table.DeleteAsync("p", row.RowKey, Cancel));
        }

        Assert.Empty(await KeysAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task An_enumeration_may_be_left_early()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "a"));
        await InsertAsync(table, Row("p", "b"));
        Assert.Equal("a", (await table.QueryAsync("p", RowRange.All, Cancel).FirstAsync(Cancel)).RowKey);
        await InsertAsync(table, Row("p", "c"));
    }
}
