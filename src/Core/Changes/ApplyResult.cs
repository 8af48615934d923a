namespace Millwright.Core.Changes;

/// <summary>What came of an observation.</summary>
public enum ApplyResult
{
    /// <summary>The record changed; an event is in the feed.</summary>
    Applied,

    /// <summary>As <see cref="Applied"/>, for a record that was not known before, so that there was nothing to compare it with.</summary>
    AppliedFirst,

    /// <summary>The record is as it was known.</summary>
    Unchanged,

    /// <summary>Something at least as new was applied before.</summary>
    Stale,

    /// <summary>
    /// The record was read, but a webhook brought it meanwhile; or a webhook brought it after a read, or after it was gone, and neither version
    /// nor time tells. Nobody knows which is the newer, so it has to be read after that.
    /// </summary>
    ReadAgain,
}
