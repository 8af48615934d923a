namespace Millwright.Core.Events.Delivering;

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>There is a next try.</summary>
    Pending,

    /// <summary>The endpoint took it.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}
