namespace Millwright.Sandbox.Faults;

/// <summary>What the switches have in store for one webhook.</summary>
/// <param name="Delay">How long after its change it leaves, at least.</param>
internal sealed record WebhookFault(TimeSpan Delay)
{
    /// <summary>It is never sent.</summary>
    public bool Drop { get; init; }

    /// <summary>The next one is sent before it.</summary>
    public bool Reorder { get; init; }

    /// <summary>One with a wrong signature is sent before it.</summary>
    public bool Forge { get; init; }

    /// <summary>How often it is sent besides.</summary>
    public int Copies { get; init; }
}
