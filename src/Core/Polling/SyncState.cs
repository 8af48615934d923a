namespace Millwright.Core.Polling;

/// <summary>How an entity's sync stands.</summary>
public enum SyncState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>There is more to read, which may take several polls.</summary>
    InProgress,

    /// <summary>The last poll read all there was to read.</summary>
    Done,

    /// <summary>The last poll failed; it is tried again.</summary>
    Failed,

    /// <summary>The system asked for fewer requests, so it is left alone for a while.</summary>
    BackingOff,
}
