using Millwright.Core.Connections.Health;

namespace Millwright.Core.Tests.Connections.Health;

public sealed class HealthExplanationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ConnectionStatus.Online, 0, "The system answers. Nobody has to act.")]
    [InlineData(ConnectionStatus.Degraded, 4, "The last 4 calls failed (SOURCE_TIMEOUT on vendors.list). It is still called; if it does not pass, who runs the system has to act.")]
    [InlineData(ConnectionStatus.Degraded, 0, "The system had failed and answers again. It counts as online once it has gone on so for 60 seconds.")]
    [InlineData(ConnectionStatus.Offline, 5, "Every call has failed since 2026-11-24 12:00 UTC (SOURCE_TIMEOUT on vendors.list). Who runs the system has to act; each call still tries it, so it comes back by itself.")]
    [InlineData(ConnectionStatus.ReauthorizationRequired, 0, "The system has refused the credentials since 2026-11-24 12:01 UTC (SOURCE_TIMEOUT on vendors.list). It is no longer called, so that the account is not locked. Whoever gave the credentials has to give working ones, or unlock the account; then reconnect.")]
    public void It_says_what_the_status_means_and_who_has_to_act(ConnectionStatus status, int failures, string explanation)
    {
        var health = new ConnectionHealth
        {
            Status = status,
            Since = Noon.AddMinutes(1),
            FailingSince = Noon,
            ConsecutiveFailures = failures,
            Reason = new StatusReason("vendors.list", "SOURCE_TIMEOUT", "It did not answer in time."),
        };

        Assert.Equal(explanation, HealthExplanation.Of(health));
    }
}
