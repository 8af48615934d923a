namespace Millwright.Core.Webhooks;

/// <summary>Which failed webhooks are asked for.</summary>
/// <param name="ApplicationId">Whose.</param>
public sealed record FailureQuery(string ApplicationId)
{
    /// <summary>Only those of this connection.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Only those in this state.</summary>
    public FailureState? State { get; init; }

    /// <summary>Only those received then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those received before then.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only those after the failure with this id.</summary>
    public string? After { get; init; }
}
