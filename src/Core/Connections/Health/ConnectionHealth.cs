namespace Millwright.Core.Connections.Health;

/// <summary>How a connected system does with the connection's present credentials.</summary>
public sealed record ConnectionHealth
{
    /// <summary>The health of a connection of which nothing bad is known.</summary>
    public static ConnectionHealth Unknown { get; } = new();

    /// <summary>The status.</summary>
    public ConnectionStatus Status { get; init; }

    /// <summary>When the status began; null where it was never another.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often the status has changed.</summary>
    public long Sequence { get; init; }

    /// <summary>What the status came of; null where the system answers.</summary>
    public StatusReason? Reason { get; init; }

    /// <summary>Failures without an answer between; not counted on while offline.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>When the first of them was; null where there is none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Answers without a failure between, counted while degraded up to <see cref="HealthMachine.AnswersUntilOnline"/>.</summary>
    public int ConsecutiveAnswers { get; init; }

    /// <summary>The last error of each operation that had one, the latest first; at most <see cref="HealthMachine.MaxErrors"/>.</summary>
    public IReadOnlyList<OperationError> Errors { get; init; } = [];

    /// <summary>Which credentials it is about: what tells their name in the vault from that of the first ones; null for those.</summary>
    public string? Credentials { get; init; }

    /// <summary>The version that was read; null on one that is not in storage.</summary>
    public string? ETag { get; init; }

    /// <summary>The status's name in the API.</summary>
    public static string NameOf(ConnectionStatus status) => status switch
    {
        ConnectionStatus.Online => "online",
        ConnectionStatus.Degraded => "degraded",
        ConnectionStatus.Offline => "offline",
        ConnectionStatus.ReauthorizationRequired => "reauthorization_required",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
