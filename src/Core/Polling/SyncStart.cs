namespace Millwright.Core.Polling;

/// <summary>What the first sync tells of the records that are there already.</summary>
public enum SyncStart
{
    /// <summary>Nothing: only what changes from then on is told.</summary>
    Now,

    /// <summary>All of them, each as <c>created</c>.</summary>
    Full,
}
