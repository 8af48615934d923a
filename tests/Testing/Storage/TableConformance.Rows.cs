using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    [Fact]
    public async Task A_row_that_was_never_written_is_null()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "other"));
        Assert.Null(await table.GetAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task A_table_that_does_not_exist_holds_no_rows()
    {
        var table = NewTable();
        Assert.Null(await table.GetAsync("p", "r", Cancel));
        Assert.Empty(await KeysAsync(table, "p", RowRange.All));
        Assert.False(await table.DeleteAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task An_inserted_row_comes_back_with_its_keys_and_etag()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("Name", "x")));
        var row = await GetAsync(table, "p", "r");
        Assert.Equal(("p", "r", etag), (row.PartitionKey, row.RowKey, row.ETag));
    }

    [Fact]
    public async Task A_row_holds_its_own_properties_and_no_others()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", ("Name", "x"), ("Count", 1L)));
        Assert.Equal(["Count", "Name"], (await GetAsync(table, "p", "r")).Properties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_row_without_properties_is_kept()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r"));
        Assert.Empty((await GetAsync(table, "p", "r")).Properties);
    }

    public static TheoryData<string> Texts =>
        ["", " ", "plain", "Größe 件数 😀", "line\r\nline\ttab", "'; drop table x --", "2026-01-01T00:00:00Z"];

    [Theory]
    [MemberData(nameof(Texts))]
    public Task Text_comes_back_as_it_was(string value) => RoundTripAsync(value);

    public static TheoryData<long> Numbers => [0, 1, -1, int.MaxValue + 1L, long.MaxValue, long.MinValue];

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task A_number_comes_back_as_it_was(long value) => RoundTripAsync(value);

    public static TheoryData<double> Doubles => [0, 1, -2.5, 0.1, Math.PI, double.MaxValue, double.Epsilon];

    [Theory]
    [MemberData(nameof(Doubles))]
    public Task A_double_comes_back_as_a_double(double value) => RoundTripAsync(value);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_flag_comes_back_as_it_was(bool value) => RoundTripAsync(value);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TableLimits.PropertyBytes)]
    public Task Bytes_come_back_as_they_were(int length) => RoundTripAsync(Enumerable.Range(0, length).Select(i => (byte)i).ToArray());

    public static TheoryData<string> Times =>
        ["1601-01-01T00:00:00Z", "1969-12-31T23:59:59.9999999Z", "2026-02-28T12:34:56.1234567Z", "9999-12-31T23:59:59.9999999Z"];

    [Theory]
    [MemberData(nameof(Times))]
    public Task A_time_comes_back_to_100_nanoseconds(string value) =>
        RoundTripAsync(DateTimeOffset.Parse(value, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_time_with_an_offset_comes_back_as_the_same_instant_in_utc()
    {
        var table = NewTable();
        var value = new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(5.5));
        await InsertAsync(table, Row("p", "r", ("V", value)));
        var time = (await GetAsync(table, "p", "r")).Time("V");
        Assert.Equal((value, TimeSpan.Zero), (time!.Value, time.Value.Offset));
    }

    [Fact]
    public async Task An_insert_on_a_taken_key_is_refused_and_leaves_the_row_untouched()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("V", "first")));
        Assert.Null(await table.TryInsertAsync(Row("p", "r", ("V", "second")), Cancel));
        var row = await GetAsync(table, "p", "r");
        Assert.Equal(("first", etag), (row.Text("V"), row.ETag));
    }

    [Fact]
    public async Task A_replace_drops_the_properties_that_the_new_row_lacks()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("Old", 1L), ("V", "a")));
        await table.TryReplaceAsync(Row("p", "r", ("V", "b")) with { ETag = etag }, Cancel);
        var row = await GetAsync(table, "p", "r");
        Assert.Equal(("V", "b"), (Assert.Single(row.Properties).Key, row.Text("V")));
    }

    [Fact]
    public async Task A_row_may_be_deleted_and_inserted_again()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r"));
        Assert.True(await table.DeleteAsync("p", "r", Cancel));
        Assert.Null(await table.GetAsync("p", "r", Cancel));
        await InsertAsync(table, Row("p", "r"));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_returns_false()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "other"));
        Assert.False(await table.DeleteAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_only_are_different_rows()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "key", ("V", "lower")));
        await InsertAsync(table, Row("p", "KEY", ("V", "upper")));
        Assert.Equal("lower", (await GetAsync(table, "p", "key")).Text("V"));
    }

    [Fact]
    public async Task Property_names_that_differ_in_case_only_are_different_properties()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", ("name", "lower"), ("Name", "upper")));
        Assert.Equal("lower", (await GetAsync(table, "p", "r")).Text("name"));
    }

    [Fact]
    public async Task The_same_row_key_in_another_partition_is_another_row()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p1", "r", ("V", "one")));
        await InsertAsync(table, Row("p2", "r", ("V", "two")));
        Assert.Equal("one", (await GetAsync(table, "p1", "r")).Text("V"));
    }

    private async Task RoundTripAsync(object value)
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", ("V", value)));
        Assert.Equal(value, (await GetAsync(table, "p", "r")).Properties["V"]);
    }
}
