namespace Millwright.Chaos.Tests;

/// <summary>What a webhook is like.</summary>
internal enum WebhookKind
{
    /// <summary>It brings the record.</summary>
    Fat,

    /// <summary>It only tells that the record changed, so that Millwright has to read it.</summary>
    Thin,

    /// <summary>It is authentic and cannot be read.</summary>
    Unreadable,

    /// <summary>Its signature is made with another secret.</summary>
    Forged,
}
