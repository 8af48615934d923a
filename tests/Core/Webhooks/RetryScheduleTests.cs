using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private const int Attempts = WebhookOptions.DefaultMaxAttempts;

    [Fact]
    public void Pauses_double_from_two_seconds_to_a_quarter_of_an_hour_and_the_last_try_is_over_an_hour_after_the_first()
    {
        var pauses = Enumerable.Range(0, Attempts).Select(attempt => RetrySchedule.Pause(attempt, Attempts, null)?.TotalSeconds).ToList();

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, null], pauses);
        Assert.True(pauses.Sum() > 3_600);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 60, 60)]
    [InlineData(8, 60, 512)]
    [InlineData(0, 3_600, 900)]
    [InlineData(0, 0, 2)]
    [InlineData(0, -5, 2)]
    public void What_the_system_asks_for_is_followed_up_to_a_quarter_of_an_hour(int attempt, int retryAfter, int pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), RetrySchedule.Pause(attempt, Attempts, TimeSpan.FromSeconds(retryAfter)));

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(1_000_000)]
    public void After_the_last_try_there_is_none(int attempt) => Assert.Null(RetrySchedule.Pause(attempt, Attempts, TimeSpan.FromSeconds(1)));

    [Fact]
    public void A_record_that_has_not_changed_yet_is_read_again_three_times() =>
        Assert.Equal([5, 30, 120, null, null], Enumerable.Range(0, 5).Select(recheck => RetrySchedule.Recheck(recheck)?.TotalSeconds));
}
