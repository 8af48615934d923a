using CsCheck;
using Millwright.Core.Polling;

namespace Millwright.Core.Tests.Polling;

public sealed class ChangeCursorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_walk_reads_the_overlap_again_until_it_was_read_after_the_overlap_had_passed()
    {
        var cursor = ChangeCursor.From(Now).After(Now.AddMinutes(-1), Now);
        Assert.Equal(Now.AddMinutes(-6), cursor.Since);

        cursor = cursor.After(Now.AddMinutes(-1), Now.AddMinutes(4));
        Assert.Equal(Now.AddMinutes(-6), cursor.Since);

        cursor = cursor.After(Now.AddMinutes(-1), Now.AddMinutes(5));
        Assert.True(cursor.Settled);
        Assert.Equal(Now.AddMinutes(-1).AddSeconds(1), cursor.Since);

        cursor = cursor.After(null, Now.AddMinutes(10));
        Assert.Equal(Now.AddMinutes(-1).AddSeconds(1), cursor.Since);
    }

    [Fact]
    public void A_newer_change_opens_the_overlap_again()
    {
        var settled = ChangeCursor.From(Now).After(Now.AddMinutes(-1), Now).After(null, Now.AddMinutes(5));

        var cursor = settled.After(Now.AddMinutes(7), Now.AddMinutes(8));

        Assert.Equal((Now.AddMinutes(7), Now.AddMinutes(8), false), (cursor.Newest, cursor.SeenAt, cursor.Settled));
        Assert.Equal(Now.AddMinutes(2), cursor.Since);
    }

    [Fact]
    public void An_older_change_moves_nothing()
    {
        var cursor = new ChangeCursor(Now, Now);

        Assert.Equal(cursor, cursor.After(Now.AddMinutes(-3), Now.AddMinutes(1)));
    }

    [Fact]
    public void An_idle_cursor_follows_with_room_for_a_late_clock_and_a_long_transaction()
    {
        var cursor = new ChangeCursor(Now, Now).After(null, Now.AddDays(1));

        Assert.Equal(Now.AddDays(1) - ChangeCursor.ClockDifference - ChangeCursor.Overlap + TimeSpan.FromSeconds(1), cursor.Since);
    }

    /// <summary>A bulk change stamps many records with the same time, of which a walk may see some.</summary>
    [Fact]
    public void The_rest_of_a_bulk_change_is_read_with_the_next_walk()
    {
        var bulk = Now.AddMinutes(-1);

        var cursor = ChangeCursor.From(Now).After(bulk, Now);

        Assert.True(cursor.Since <= bulk);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(-3, -3)]
    [InlineData(0, 0)]
    [InlineData(1, null)]
    [InlineData(60_000_000, null)]
    public void A_time_to_come_is_not_followed(int? minutes, int? followed) =>
        Assert.Equal(After(followed), ChangeCursor.Latest([null, After(minutes)], Now));

    [Fact]
    public void One_record_of_the_future_does_not_hide_the_others() =>
        Assert.Equal(Now.AddMinutes(-2), ChangeCursor.Latest([Now.AddYears(70), Now.AddMinutes(-2), null, Now.AddMinutes(-9)], Now));

    /// <summary>
    /// Changes come up after their time, by a clock that is late or ahead, among records whose time is nonsense: each is read by a walk that
    /// begins after it came up.
    /// </summary>
    [Fact]
    public void No_change_is_skipped()
    {
        var changes =
            from at in Gen.Int[0, 4 * 3_600]
            from transaction in Gen.Int[0, 299]
            select (At: Now.AddSeconds(at), VisibleAt: Now.AddSeconds(at + transaction));
        var cases =
            from all in changes.Array[0, 8]
            from pauses in Gen.Int[1, 3_600].Array[1, 30]
            from ahead in Gen.Int[-3_600, 3 * 3_600]
            from nonsense in Gen.Bool
            select (all, pauses, ahead: TimeSpan.FromSeconds(ahead), nonsense);
        cases.Sample(one =>
        {
            var cursor = ChangeCursor.From(Now);
            var now = Now;
            HashSet<int> read = [];
            foreach (var pause in one.pauses)
            {
                now = now.AddSeconds(pause);
                var found = Enumerable.Range(0, one.all.Length).Where(i => one.all[i].VisibleAt <= now && one.all[i].At + one.ahead >= cursor.Since).ToList();
                read.UnionWith(found);
                Assert.All(Enumerable.Range(0, one.all.Length).Where(i => one.all[i].VisibleAt <= now), i => Assert.Contains(i, read));
                IEnumerable<DateTimeOffset?> times = found.Select(i => (DateTimeOffset?)(one.all[i].At + one.ahead));
                cursor = cursor.After(ChangeCursor.Latest(one.nonsense ? times.Append(Now.AddYears(9)) : times, now), now);
            }
        });
    }

    private static DateTimeOffset? After(int? minutes) => minutes is { } some ? Now.AddMinutes(some) : null;
}
