namespace Millwright.Core.Connections.Health;

/// <summary>How a connection's health follows from what its calls come to. Pure.</summary>
/// <remarks>
/// The ways between the statuses are long enough that one that flaps cannot flood anybody with events: it takes several results in a row to leave
/// online, and <see cref="RecoveryTime"/> to get back.
/// </remarks>
public static class HealthMachine
{
    /// <summary>Failures in a row after which an online system is degraded.</summary>
    public const int FailuresUntilDegraded = 3;

    /// <summary>Failures in a row after which a degraded system is offline, if they span <see cref="OutageTime"/>.</summary>
    public const int FailuresUntilOffline = 5;

    /// <summary>Answers in a row after which a degraded system is online, <see cref="RecoveryTime"/> after it became degraded.</summary>
    public const int AnswersUntilOnline = 3;

    /// <summary>The most operations whose last error is kept.</summary>
    public const int MaxErrors = 20;

    /// <summary>Characters of an error's message that are kept. With all errors escaped as JSON they stay within a table property's 64 KiB.</summary>
    public const int MessageLength = 300;

    /// <summary>How long an outage lasts until it is called one.</summary>
    public static readonly TimeSpan OutageTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a system stays degraded before it is online again.</summary>
    public static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(60);

    /// <summary>How old an operation's error is before the same one is worth a write of its own.</summary>
    public static readonly TimeSpan NotePause = TimeSpan.FromMinutes(1);

    /// <summary>The health after a call.</summary>
    /// <returns>The same object where the call says nothing new, which is the rule for a healthy connection: nothing has to be written then.</returns>
    public static ConnectionHealth Next(ConnectionHealth known, UpstreamResult result, DateTimeOffset now)
    {
        if (known.Status == ConnectionStatus.ReauthorizationRequired)
        {
            return known;
        }

        var next = result.Kind switch
        {
            UpstreamResultKind.Answered => AfterAnswer(known, now),
            UpstreamResultKind.Failed => AfterFailure(known, result, now),
            UpstreamResultKind.Refused => To(ConnectionStatus.ReauthorizationRequired, known, now) with { Reason = ReasonOf(result) },
            _ => known,
        };
        return result.IsNotable && (!ReferenceEquals(next, known) || IsNews(known, result, now)) ? WithError(next, result, now) : next;
    }

    /// <summary>The health after the system took new credentials.</summary>
    public static ConnectionHealth Reconnected(ConnectionHealth known, string credentials, DateTimeOffset now)
    {
        var online = known.Status == ConnectionStatus.Online ? known : To(ConnectionStatus.Online, known, now);
        return online with { Credentials = credentials, ConsecutiveFailures = 0, FailingSince = null, Errors = [] };
    }

    private static ConnectionHealth AfterAnswer(ConnectionHealth known, DateTimeOffset now)
    {
        switch (known.Status)
        {
            case ConnectionStatus.Offline:
                return To(ConnectionStatus.Degraded, known, now) with { Reason = known.Reason, ConsecutiveFailures = 0, FailingSince = null, ConsecutiveAnswers = 1 };
            case ConnectionStatus.Degraded when known.ConsecutiveAnswers + 1 >= AnswersUntilOnline && now - known.Since >= RecoveryTime:
                return To(ConnectionStatus.Online, known, now) with { ConsecutiveFailures = 0, FailingSince = null };
            case ConnectionStatus.Degraded when known.ConsecutiveAnswers < AnswersUntilOnline:
                return known with { ConsecutiveAnswers = known.ConsecutiveAnswers + 1, ConsecutiveFailures = 0, FailingSince = null };
            case ConnectionStatus.Online when known.ConsecutiveFailures > 0:
                return known with { ConsecutiveFailures = 0, FailingSince = null };
            default:
                return known;
        }
    }

    private static ConnectionHealth AfterFailure(ConnectionHealth known, UpstreamResult result, DateTimeOffset now)
    {
        if (known.Status == ConnectionStatus.Offline)
        {
            return known;
        }

        var failed = known with { ConsecutiveFailures = known.ConsecutiveFailures + 1, FailingSince = known.FailingSince ?? now, ConsecutiveAnswers = 0 };
        return failed switch
        {
            { Status: ConnectionStatus.Online, ConsecutiveFailures: >= FailuresUntilDegraded } =>
                To(ConnectionStatus.Degraded, failed, now) with { Reason = ReasonOf(result) },
            { Status: ConnectionStatus.Degraded, ConsecutiveFailures: >= FailuresUntilOffline } when now - failed.FailingSince >= OutageTime =>
                To(ConnectionStatus.Offline, failed, now) with { Reason = ReasonOf(result) },
            _ => failed,
        };
    }

    private static ConnectionHealth To(ConnectionStatus status, ConnectionHealth known, DateTimeOffset now) =>
        known with { Status = status, Since = now, Sequence = known.Sequence + 1, Reason = null, ConsecutiveAnswers = 0 };

    private static StatusReason ReasonOf(UpstreamResult result) => new(result.Operation, result.Code!.Name, Short(result.Message));

    private static bool IsNews(ConnectionHealth known, UpstreamResult result, DateTimeOffset now) =>
        known.Errors.FirstOrDefault(e => e.Operation == result.Operation) is not { } last || last.Code != result.Code!.Name || now - last.At >= NotePause;

    private static ConnectionHealth WithError(ConnectionHealth known, UpstreamResult result, DateTimeOffset now)
    {
        var before = known.Errors.FirstOrDefault(e => e.Operation == result.Operation && e.Code == result.Code!.Name);
        var error = new OperationError(result.Operation, result.Code!.Name, result.Code.Owner, Short(result.Message), now, (before?.Count ?? 0) + 1);
        return known with { Errors = [error, .. known.Errors.Where(e => e.Operation != result.Operation).Take(MaxErrors - 1)] };
    }

    private static string Short(string message) => message.Length <= MessageLength ? message : message[..MessageLength];
}
