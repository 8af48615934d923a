using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Storage;

public sealed class MonthlyTablesTests : IAsyncDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly DomainStore _domain = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MonthlyTables Months => new(_domain.Store.Tables, "Events");

    [Theory]
    [InlineData("2026-10-31T23:59:59.9999999Z", "Events202610")]
    [InlineData("2026-11-01T00:00:00Z", "Events202611")]
    [InlineData("2026-11-01T00:30:00+01:00", "Events202610")]
    [InlineData("2026-12-31T23:30:00-01:00", "Events202701")]
    public async Task The_month_is_that_of_the_time_in_utc(string time, string table)
    {
        await FillAsync(Months.At(DateTimeOffset.Parse(time, null)));

        Assert.Equal([table], await NamesAsync("Events"));
    }

    [Fact]
    public async Task The_tables_since_a_time_come_in_order_from_its_month_on()
    {
        await FillAsync("Events202612", "Events202610", "Events202611", "Events202701");

        var since = await Months.SinceAsync(At(2026, 11, 30), Stop).ToListAsync(Stop);

        Assert.Equal(3, since.Count);
        Assert.Equal(["Events202611", "Events202612", "Events202701"], await Task.WhenAll(since.Select(NameAsync)));
        Assert.Equal(4, await Months.SinceAsync(DateTimeOffset.MinValue, Stop).CountAsync(Stop));
        Assert.Equal(0, await Months.SinceAsync(DateTimeOffset.MaxValue, Stop).CountAsync(Stop));
    }

    [Theory]
    [InlineData("2026-11-30T23:59:59.9999999Z", new string[0])]
    [InlineData("2026-12-01T00:00:00Z", new[] { "Events202610" })]
    [InlineData("2026-12-30T23:59:59.9999999Z", new[] { "Events202610" })]
    [InlineData("2026-12-31T00:00:00Z", new[] { "Events202610", "Events202611" })]
    public async Task A_month_goes_when_its_last_moment_is_older_than_the_retention(string now, string[] dropped)
    {
        await FillAsync("Events202610", "Events202611", "Events202612");

        Assert.Equal(dropped, await Months.DropOldAsync(DateTimeOffset.Parse(now, null), Retention, beforeDrop: null, Stop));
        Assert.Equal(3 - dropped.Length, (await NamesAsync("Events")).Count);
    }

    [Fact]
    public async Task Tables_of_others_are_neither_read_nor_dropped()
    {
        string[] others =
        [
            "Events", "EventsOfSomething", "EventsOfSomething202001", "Events2020", "Events20200", "Events2020011", "Events202013", "Events202000", "EventsX202001", "Events202001x",
        ];
        await FillAsync([.. others, "Events202001"]);

        Assert.Equal(1, await Months.SinceAsync(DateTimeOffset.MinValue, Stop).CountAsync(Stop));
        Assert.Equal(["Events202001"], await Months.DropOldAsync(_domain.Time.GetUtcNow(), Retention, beforeDrop: null, Stop));
        Assert.Equal(others.Order(StringComparer.Ordinal), await NamesAsync("Events"));
    }

    [Fact]
    public async Task A_table_is_never_made_by_looking_at_it()
    {
        Assert.Null(await Months.At(_domain.Time.GetUtcNow()).GetAsync("p", "r", Stop));
        Assert.Empty(await NamesAsync("Events"));
    }

    [Fact]
    public async Task A_month_that_was_dropped_can_be_written_again()
    {
        var months = Months;
        await FillAsync(months.At(At(2026, 1, 1)));
        await months.DropOldAsync(_domain.Time.GetUtcNow(), Retention, beforeDrop: null, Stop);

        await FillAsync(months.At(At(2026, 1, 1)));

        Assert.Equal(["Events202601"], await NamesAsync("Events"));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);

    private static Task<string?> FillAsync(ITable table, string name = "") =>
        table.TryInsertAsync(new TableRow("p", "r") { Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Name"] = name } }, Stop);

    private static async Task<string?> NameAsync(ITable table) => (await table.GetAsync("p", "r", Stop))!.Text("Name");

    private async Task FillAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await FillAsync(_domain.Store.Tables.Table(name), name);
        }
    }

    private Task<List<string>> NamesAsync(string prefix) => _domain.Store.Tables.ListAsync(prefix, Stop).ToListAsync(Stop).AsTask();
}
