namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>What one operation needs.</summary>
public sealed record TrytonOperationSettings
{
    /// <summary>For <c>set-status</c>: the buttons that change the state.</summary>
    public IReadOnlyList<TrytonButton> Buttons { get; init; } = [];

    /// <summary>For <c>delete</c>: the button to press before; null for none.</summary>
    public TrytonButton? Before { get; init; }

    /// <summary>For an update of levels, and for a sub-resource that sets one: the stock count that does it; null for others.</summary>
    public TrytonCountSettings? Count { get; init; }
}
