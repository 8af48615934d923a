using Millwright.LocalHost.Timers;

namespace Millwright.LocalHost.Tests.Timers;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-31T23:55:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("30 * * * * *", "2026-01-31T23:55:30Z", "2026-01-31T23:56:30Z")]
    [InlineData("*/5 * * * *", "2026-01-31T23:54:59Z", "2026-01-31T23:55:00Z")]
    [InlineData("0 0 9 * JUL,AUG MON-FRI", "2026-01-31T00:00:00Z", "2026-07-01T09:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-01-31T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("01:30:00", "2026-01-31T23:00:00Z", "2026-02-01T00:30:00Z")]
    public void The_next_occurrence_is_after_the_time_given(string expression, string after, string next)
    {
        var schedule = Schedule.Parse(expression, out var problem);
        Assert.Null(problem);
        Assert.Equal(DateTimeOffset.Parse(next), schedule!.Next(DateTimeOffset.Parse(after)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("often")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("@daily")]
    [InlineData("0 0 0 L * *")]
    [InlineData("0 0 0 15W * *")]
    [InlineData("0 0 0 * * 1#2")]
    [InlineData("0 61 * * * *")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("0 0 0 30 2 *")]
    public void What_the_Functions_host_would_refuse_is_refused(string expression)
    {
        Assert.Null(Schedule.Parse(expression, out var problem));
        Assert.NotNull(problem);
    }
}
