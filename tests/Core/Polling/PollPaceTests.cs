using CsCheck;
using Millwright.Core.Polling;

namespace Millwright.Core.Tests.Polling;

public sealed class PollPaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly SyncSettings Settings = new()
    {
        Interval = TimeSpan.FromMinutes(5),
        IntervalWithWebhooks = TimeSpan.FromMinutes(60),
        WebhookWindow = TimeSpan.FromMinutes(30),
        Intervals = new Dictionary<string, TimeSpan> { ["vendors"] = TimeSpan.FromMinutes(2) },
    };

    /// <summary>Minutes since the last webhook, and since a poll found what one should have told of; then minutes until the next poll.</summary>
    [Theory]
    [InlineData(null, null, 5)]
    [InlineData(null, 1, 5)]
    [InlineData(31, null, 5)]
    [InlineData(30, null, 5)]
    [InlineData(29, null, 5)]
    [InlineData(24, null, 6)]
    [InlineData(10, null, 20)]
    [InlineData(0, null, 30)]
    [InlineData(0, 0, 5)]
    [InlineData(0, 29, 5)]
    [InlineData(0, 30, 30)]
    [InlineData(10, 45, 20)]
    public void The_interval_follows_the_webhooks(int? silent, int? missed, int next) =>
        Assert.Equal(In(next), PollPace.Next(Settings, "products", Now, new WebhookSignal(Ago(silent), Ago(missed))));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(50, 60)]
    [InlineData(90, 60)]
    [InlineData(116, 5)]
    public void The_interval_while_webhooks_flow_is_no_longer_than_the_long_one(int silent, int next)
    {
        var patient = Settings with { WebhookWindow = TimeSpan.FromMinutes(silent is 116 ? 116 : 150) };

        Assert.Equal(In(next), PollPace.Next(patient, "products", Now, new WebhookSignal(Ago(silent), null)));
    }

    [Fact]
    public void An_entity_may_have_an_interval_of_its_own() =>
        Assert.Equal(In(2), PollPace.Next(Settings, "vendors", Now, new WebhookSignal(null, null)));

    /// <summary>The timer looks at each whole minute.</summary>
    [Fact]
    public void Whenever_a_poll_began_the_timer_comes_upon_the_next_within_the_interval() =>
        Gen.Select(Gen.Int[0, 59_999], Gen.Int[1, 90]).Sample((milliseconds, minutes) =>
        {
            var began = Now.AddMilliseconds(milliseconds);
            var settings = new SyncSettings { Interval = TimeSpan.FromMinutes(minutes) };
            var due = PollPace.Next(settings, "products", began, new WebhookSignal(null, null));
            var tick = Now.AddMinutes(Math.Ceiling((due - Now).TotalMinutes));

            Assert.InRange(tick - began, TimeSpan.FromMilliseconds(1), settings.Interval + TimeSpan.FromSeconds(1));
        });

    [Theory]
    [InlineData("products", 1, 1)]
    [InlineData("products", 2, 2)]
    [InlineData("products", 3, 4)]
    [InlineData("products", 4, 5)]
    [InlineData("products", int.MaxValue, 5)]
    [InlineData("vendors", 3, 2)]
    public void Failures_pause_for_longer_each_time_up_to_the_interval(string entity, int failures, int next) =>
        Assert.Equal(Now.AddMinutes(next), PollPace.Retry(Settings, entity, Now, failures));

    [Theory]
    [InlineData(null, 1, 30)]
    [InlineData(null, 2, 60)]
    [InlineData(null, 6, 900)]
    [InlineData(null, int.MaxValue, 900)]
    [InlineData(7, 1, 30)]
    [InlineData(45, 1, 45)]
    [InlineData(45, 3, 120)]
    [InlineData(3_600, 9, 3_600)]
    public void A_system_is_left_alone_for_as_long_as_it_asks_and_longer_each_time(int? retryAfter, int backOffs, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), PollPace.BackOff(Now, retryAfter is { } after ? TimeSpan.FromSeconds(after) : null, backOffs));

    // An interval is due by the last look of the timer within it; the end of the webhooks' window is not waited for any shorter.
    private static DateTimeOffset In(int minutes) => Now.AddMinutes(minutes) - (minutes is 2 or 5 or 60 ? PollPace.TimerSlack : TimeSpan.Zero);

    private static DateTimeOffset? Ago(int? minutes) => minutes is { } some ? Now.AddMinutes(-some) : null;
}
