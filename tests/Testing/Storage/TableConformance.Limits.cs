using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    public static TheoryData<string> ForbiddenKeys =>
    [
        "a/b", "a\\b", "a#b", "a?b", "a\tb", "a\nb", "a\0b", "a\u001Fb", "a\u007Fb", "a\u009Fb",
        new string('k', TableLimits.KeyLength + 1), "a\uD800",
    ];

    [Theory]
    [MemberData(nameof(ForbiddenKeys))]
    public async Task A_forbidden_row_key_is_refused_by_every_method(string key)
    {
        var table = NewTable();
        await Assert.ThrowsAsync<StorageLimitException>(() => table.GetAsync("p", key, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.DeleteAsync("p", key, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryInsertAsync(Row("p", key), Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryReplaceAsync(Row("p", key) with { ETag = "x" }, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryTransactAsync([new TableWrite.Insert(Row("p", key))], Cancel));
    }

    [Theory]
    [MemberData(nameof(ForbiddenKeys))]
    public async Task A_forbidden_partition_key_is_refused_by_every_method(string key)
    {
        var table = NewTable();
        await Assert.ThrowsAsync<StorageLimitException>(() => table.GetAsync(key, "r", Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.DeleteAsync(key, "r", Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryInsertAsync(Row(key, "r"), Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryReplaceAsync(Row(key, "r") with { ETag = "x" }, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryTransactAsync([new TableWrite.Insert(Row(key, "r"))], Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => KeysAsync(table, key, RowRange.All));
    }

    public static TheoryData<string> LegalKeys =>
    [
        "", " ", "a b", "it's", "100%", "50%2F", "a+b", "a&b=c", "\"quoted\"", "(a,b)", "a:b;c|d", "~", "ÄÖÜß", "件数", "\U0001F600",
        new string('k', TableLimits.KeyLength),
    ];

    [Theory]
    [MemberData(nameof(LegalKeys))]
    public async Task A_legal_row_key_comes_back_as_it_was(string key)
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", key));
        Assert.Equal(key, (await GetAsync(table, "p", key)).RowKey);
        Assert.Equal([key], await KeysAsync(table, "p", new RowRange(key)));
        Assert.True(await table.DeleteAsync("p", key, Cancel));
    }

    [Theory]
    [MemberData(nameof(LegalKeys))]
    public async Task A_legal_partition_key_comes_back_as_it_was(string key)
    {
        var table = NewTable();
        await InsertAsync(table, Row(key, "r"));
        Assert.Equal(key, (await GetAsync(table, key, "r")).PartitionKey);
        Assert.Equal(["r"], await KeysAsync(table, key, RowRange.All));
        Assert.True(await table.DeleteAsync(key, "r", Cancel));
    }

    [Fact]
    public async Task Any_text_is_a_key_when_encoded()
    {
        var table = NewTable();
        string[] texts = ["a/b", "a~002Fb", "a\\b", "a#b", "a?b", "a\nb", "a\u009Fb", "~"];
        foreach (var text in texts)
        {
            await InsertAsync(table, Row("p", TableKey.Encode(text), ("Text", text)));
        }

        foreach (var text in texts)
        {
            Assert.Equal(text, (await GetAsync(table, "p", TableKey.Encode(text))).Text("Text"));
        }
    }

    [Fact]
    public async Task A_text_property_of_64_KiB_fits()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", ("V", new string('x', TableLimits.PropertyBytes / 2))));
        Assert.Equal(TableLimits.PropertyBytes / 2, (await GetAsync(table, "p", "r")).Text("V")!.Length);
    }

    [Fact]
    public Task A_text_property_over_64_KiB_is_refused() => RowIsRefusedAsync(("V", new string('x', (TableLimits.PropertyBytes / 2) + 1)));

    [Fact]
    public Task Bytes_over_64_KiB_are_refused() => RowIsRefusedAsync(("V", new byte[TableLimits.PropertyBytes + 1]));

    [Fact]
    public Task Text_with_half_a_surrogate_pair_is_refused() => RowIsRefusedAsync(("V", "a\uDC00b"));

    public static TheoryData<string> BadPropertyNames =>
        ["", "1st", "a-b", "a b", "a.b", "täg", "PartitionKey", "RowKey", "Timestamp", new string('n', TableLimits.PropertyNameLength + 1)];

    [Theory]
    [MemberData(nameof(BadPropertyNames))]
    public Task A_property_name_outside_the_rules_is_refused(string name) => RowIsRefusedAsync((name, "x"));

    [Fact]
    public async Task A_property_name_of_the_full_length_works()
    {
        var (table, name) = (NewTable(), new string('n', TableLimits.PropertyNameLength));
        await InsertAsync(table, Row("p", "r", (name, "x")));
        Assert.Equal("x", (await GetAsync(table, "p", "r")).Text(name));
    }

    [Fact]
    public Task A_property_of_a_type_that_tables_do_not_hold_is_refused() => RowIsRefusedAsync(("V", 1.5m));

    // Azure's client cannot write the infinities.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public Task A_double_that_is_no_number_is_refused(double value) => RowIsRefusedAsync(("V", value));

    [Fact]
    public Task A_time_before_1601_is_refused() => RowIsRefusedAsync(("V", TableLimits.EarliestTime.AddTicks(-1)));

    [Fact]
    public async Task The_earliest_time_fits() =>
        await InsertAsync(NewTable(), Row("p", "r", ("V", TableLimits.EarliestTime)));

    [Fact]
    public async Task A_row_of_252_properties_fits()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", Flags(TableLimits.Properties)));
        Assert.Equal(TableLimits.Properties, (await GetAsync(table, "p", "r")).Properties.Count);
    }

    [Fact]
    public Task A_row_of_more_than_252_properties_is_refused() => RowIsRefusedAsync(Flags(TableLimits.Properties + 1));

    [Fact]
    public async Task A_row_just_under_1_MiB_fits()
    {
        var table = NewTable();
        await InsertAsync(table, Row("p", "r", Blocks(15)));
        Assert.Equal(15, (await GetAsync(table, "p", "r")).Properties.Count);
    }

    [Fact]
    public Task A_row_over_1_MiB_is_refused() => RowIsRefusedAsync(Blocks(16));

    [Fact]
    public async Task A_replace_outside_the_bounds_is_refused_and_leaves_the_row_untouched()
    {
        var table = NewTable();
        var etag = await InsertAsync(table, Row("p", "r", ("V", "a")));
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryReplaceAsync(Row("p", "r", Blocks(16)) with { ETag = etag }, Cancel));
        Assert.Equal(etag, (await GetAsync(table, "p", "r")).ETag);
    }

    private static (string, object)[] Flags(int count) => [.. Enumerable.Range(0, count).Select(i => ($"P{i:D3}", (object)true))];

    private static (string, object)[] Blocks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ($"P{i:D3}", (object)new byte[TableLimits.PropertyBytes]))];

    private async Task RowIsRefusedAsync(params (string, object)[] properties)
    {
        var table = NewTable();
        await Assert.ThrowsAsync<StorageLimitException>(() => table.TryInsertAsync(Row("p", "r", properties), Cancel));
        Assert.Null(await table.GetAsync("p", "r", Cancel));
    }
}
