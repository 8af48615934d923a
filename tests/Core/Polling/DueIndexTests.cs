using Millwright.Core.Polling;

namespace Millwright.Core.Tests.Polling;

public sealed class DueIndexTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _domain.Time.GetUtcNow();

    private DueIndex Index => new(_domain.Store.Tables);

    [Fact]
    public async Task What_is_due_comes_up_the_longest_overdue_first()
    {
        await Index.AddAsync("b", Now, Stop);
        await Index.AddAsync("a", Now.AddTicks(1), Stop);
        await Index.AddAsync("c", Now.AddDays(-1), Stop);

        Assert.Equal([("c", Now.AddDays(-1)), ("b", Now)], await DueAsync());
    }

    [Fact]
    public async Task Adding_twice_is_adding_once()
    {
        await Index.AddAsync("a", Now, Stop);
        await Index.AddAsync("a", Now, Stop);

        Assert.Single(await DueAsync());
    }

    [Fact]
    public async Task Removing_takes_that_entry_alone()
    {
        await Index.AddAsync("a", Now, Stop);
        await Index.AddAsync("a", Now.AddMinutes(-1), Stop);
        await Index.RemoveAsync("a", Now.AddMinutes(-1), Stop);
        await Index.RemoveAsync("a", Now.AddMinutes(-2), Stop);

        Assert.Equal([("a", Now)], await DueAsync());
    }

    [Fact]
    public async Task Any_number_is_put_off()
    {
        for (var i = 0; i < 120; i++)
        {
            await Index.AddAsync($"c{i}", Now, Stop);
        }

        await Index.MoveAsync(await DueAsync(), Now.AddMinutes(10), Stop);

        Assert.Empty(await DueAsync());
        _domain.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(120, (await DueAsync()).Select(e => e.ConnectionId).Distinct().Count());
    }

    [Fact]
    public async Task Two_entries_of_a_connection_become_one()
    {
        await Index.AddAsync("a", Now, Stop);
        await Index.AddAsync("a", Now.AddMinutes(-1), Stop);

        await Index.MoveAsync(await DueAsync(), Now.AddMinutes(10), Stop);

        _domain.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([("a", Now)], await DueAsync());
    }

    [Fact]
    public async Task What_somebody_else_moved_or_took_is_left_alone()
    {
        await Index.AddAsync("moved", Now, Stop);
        await Index.AddAsync("taken", Now, Stop);
        await Index.AddAsync("here", Now, Stop);
        var due = await DueAsync();
        await Index.MoveAsync([("moved", Now)], Now.AddMinutes(9), Stop);
        await Index.RemoveAsync("taken", Now, Stop);

        await Index.MoveAsync(due, Now.AddMinutes(10), Stop);

        Assert.Empty(await DueAsync());
        _domain.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([("moved", Now.AddMinutes(-1)), ("here", Now)], await DueAsync());
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private async Task<IReadOnlyList<(string ConnectionId, DateTimeOffset Due)>> DueAsync() => await Index.DueAsync(Now, Stop).ToListAsync(Stop);
}
