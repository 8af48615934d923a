using Millwright.Core.Events.Delivering;

namespace Millwright.Core.Tests.Events;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0.0, 30)]
    [InlineData(1, 0.5, 33)]
    [InlineData(1, 1.0, 36)]
    [InlineData(2, 0.0, 60)]
    [InlineData(5, 0.0, 480)]
    [InlineData(11, 0.0, 30_720)]
    [InlineData(1_000_000, 0.0, 122_880)]
    public void A_pause_is_30_seconds_doubled_and_up_to_a_fifth_longer(int tries, double jitter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.Pause(tries, jitter));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.999)]
    public void The_last_try_is_24_hours_after_the_first(double jitter)
    {
        var tries = new List<DateTimeOffset> { First };
        while (RetrySchedule.Next(tries.Count, First, tries[^1], null, jitter) is { } next)
        {
            tries.Add(next);
        }

        Assert.Equal(First + TimeSpan.FromHours(24), tries[^1]);
        Assert.InRange(tries.Count, 12, 14);
        Assert.Equal(tries.Order(), tries);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(10, 30)]
    [InlineData(120, 120)]
    [InlineData(21_600, 21_600)]
    [InlineData(1_000_000, 21_600)]
    public void A_Retry_After_makes_a_pause_longer_up_to_6_hours_and_never_shorter(int asked, int seconds) =>
        Assert.Equal(First + TimeSpan.FromSeconds(seconds), RetrySchedule.Next(1, First, First, TimeSpan.FromSeconds(asked), 0));

    [Fact]
    public void A_Retry_After_does_not_reach_beyond_the_end() =>
        Assert.Equal(First + TimeSpan.FromHours(24), RetrySchedule.Next(9, First, First + TimeSpan.FromHours(23), TimeSpan.FromHours(5), 0));

    [Fact]
    public void At_the_end_there_is_no_next_try() => Assert.Null(RetrySchedule.Next(9, First, First + TimeSpan.FromHours(24), TimeSpan.Zero, 0));
}
