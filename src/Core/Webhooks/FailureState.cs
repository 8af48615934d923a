namespace Millwright.Core.Webhooks;

/// <summary>Where a failed webhook stands.</summary>
public enum FailureState
{
    /// <summary>It waits for somebody to replay it.</summary>
    Parked,

    /// <summary>It was sent back to the queue.</summary>
    Replaying,

    /// <summary>A replay succeeded.</summary>
    Resolved,
}
