namespace Millwright.Sandbox.Webhooks;

/// <summary>What is counted of a company's webhooks.</summary>
internal enum WebhookCount
{
    /// <summary>Webhooks that were queued.</summary>
    Queued,

    /// <summary>Webhooks that the target took; copies are not counted.</summary>
    Sent,

    /// <summary>Attempts that the target did not take.</summary>
    Failed,

    /// <summary>Webhooks that will never be sent.</summary>
    Dropped,

    /// <summary>Webhooks with a wrong signature that were sent.</summary>
    Forged,

    /// <summary>Those of them that the target took, though it must not.</summary>
    ForgedTaken,
}
