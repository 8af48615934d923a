using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class TableConformance
{
    public static TheoryData<string> BadNames =>
        ["", "ab", new string('a', 64), "1abc", "a-b", "a_b", "a b", "täble", "a\"b", "a;b", "abc\0", "tables", "Tables"];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_name_outside_the_rules_is_refused(string name) => Assert.Throws<StorageLimitException>(() => Store.Table(name));

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task Dropping_a_name_outside_the_rules_is_refused(string name) =>
        await Assert.ThrowsAsync<StorageLimitException>(() => Store.DropAsync(name, Cancel));

    [Fact]
    public async Task A_name_of_63_characters_works()
    {
        var table = Store.Table(NewName(new string('n', 43)));
        await InsertAsync(table, Row("p", "r"));
        Assert.NotNull(await table.GetAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task Rows_of_two_tables_are_apart()
    {
        var (one, two) = (NewTable(), NewTable());
        await InsertAsync(one, Row("p", "r"));
        Assert.Null(await two.GetAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_one_table()
    {
        var name = NewName("Case");
        await InsertAsync(Store.Table(name), Row("p", "r"));
        Assert.Equal(NamesIgnoreCase, await Store.Table(name.ToUpperInvariant()).GetAsync("p", "r", Cancel) is not null);
    }

    [Fact]
    public async Task Tables_are_listed_by_prefix_in_ordinal_order()
    {
        var prefix = NewName();
        foreach (var suffix in new[] { "b", "a", "c" })
        {
            await InsertAsync(Store.Table(prefix + suffix), Row("p", "r"));
        }

        await InsertAsync(NewTable(), Row("p", "r"));
        Assert.Equal([prefix + "a", prefix + "b", prefix + "c"], await ListAsync(prefix));
    }

    [Fact]
    public async Task An_empty_prefix_lists_every_table()
    {
        var name = NewName();
        await InsertAsync(Store.Table(name), Row("p", "r"));
        Assert.Contains(name, await ListAsync(""));
    }

    [Fact]
    public async Task A_table_without_a_row_is_not_made_by_naming_or_reading_it()
    {
        var name = NewName();
        await Store.Table(name).GetAsync("p", "r", Cancel);
        Assert.Empty(await ListAsync(name));
    }

    [Fact]
    public async Task A_dropped_table_is_gone_with_its_rows()
    {
        var name = NewName();
        await InsertAsync(Store.Table(name), Row("p", "r"));
        await Store.DropAsync(name, Cancel);
        Assert.Null(await Store.Table(name).GetAsync("p", "r", Cancel));
        Assert.Empty(await ListAsync(name));
    }

    [Fact]
    public async Task Dropping_a_table_leaves_the_others()
    {
        var (dropped, kept) = (NewName(), NewTable());
        await InsertAsync(Store.Table(dropped), Row("p", "r"));
        await InsertAsync(kept, Row("p", "r"));
        await Store.DropAsync(dropped, Cancel);
        Assert.NotNull(await kept.GetAsync("p", "r", Cancel));
    }

    [Fact]
    public async Task Dropping_what_does_not_exist_does_nothing()
    {
        var name = NewName();
        await Store.DropAsync(name, Cancel);
        Assert.Empty(await ListAsync(name));
    }

    private async Task<List<string>> ListAsync(string prefix) => await Store.ListAsync(prefix, Cancel).ToListAsync(Cancel);
}
