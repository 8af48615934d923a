namespace Millwright.Core.Webhooks;

/// <summary>What became of an authentic webhook.</summary>
public enum WebhookOutcome
{
    /// <summary>It changed the record: an event is in the feed.</summary>
    Applied,

    /// <summary>The record is as it was known.</summary>
    Unchanged,

    /// <summary>Something newer was applied before.</summary>
    Stale,

    /// <summary>It was done with before.</summary>
    Duplicate,

    /// <summary>Its system was disconnected while it waited.</summary>
    Disconnected,

    /// <summary>It could not be processed; it is listed among the failures and can be replayed.</summary>
    Parked,
}
