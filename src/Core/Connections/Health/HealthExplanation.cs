using System.Globalization;

namespace Millwright.Core.Connections.Health;

/// <summary>Says to a person on call what a connection's health means, and who has to act. Pure.</summary>
public static class HealthExplanation
{
    /// <summary>One to three sentences.</summary>
    public static string Of(ConnectionHealth health) => health.Status switch
    {
        ConnectionStatus.Online when health.Errors.Count > 0 => "The system answers. Single operations had errors since its credentials were given; nobody has to act unless they come again.",
        ConnectionStatus.Online => "The system answers. Nobody has to act.",
        ConnectionStatus.Degraded when health.ConsecutiveFailures == 0 => $"The system had failed and answers again. It counts as online once it has gone on so for {Seconds(HealthMachine.RecoveryTime)} seconds.",
        ConnectionStatus.Degraded => $"The last {health.ConsecutiveFailures} calls failed{Because(health)}. It is still called; if it does not pass, who runs the system has to act.",
        ConnectionStatus.Offline => $"Every call has failed since {Time(health.FailingSince)}{Because(health)}. Who runs the system has to act; each call still tries it, so it comes back by itself.",
        _ => $"The system has refused the credentials since {Time(health.Since)}{Because(health)}. It is no longer called, so that the account is not locked. Whoever gave the credentials has to give working ones, or unlock the account; then reconnect.",
    };

    private static string Because(ConnectionHealth health) => health.Reason is { } reason ? $" ({reason.Code} on {reason.Operation})" : "";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
