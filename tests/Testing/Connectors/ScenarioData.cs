namespace Millwright.Testing.Connectors;

/// <summary>Where the one scenario differs from system to system. A step whose data is null is one that the system does not have: it must then refuse it as unsupported.</summary>
public sealed record ScenarioData
{
    /// <summary>The unified field that a new purchase order carries the scenario's text in: <c>title</c>, <c>notes</c>, …</summary>
    public string OrderTitle { get; init; } = "title";

    /// <summary>Fields that a new vendor needs beside its name.</summary>
    public string VendorFields { get; init; } = "{}";

    /// <summary>Fields that a new purchase order needs beside vendor, text and lines.</summary>
    public string OrderFields { get; init; } = "{}";

    /// <summary>Fields that each line needs beside material, quantity and price.</summary>
    public string LineFields { get; init; } = "{}";

    /// <summary>Whether a new vendor can be the order's; otherwise the order is made out to the first of the list.</summary>
    public bool OrdersFromNewVendor { get; init; } = true;

    /// <summary>Statuses that a new purchase order goes through, one after the other; null where statuses cannot be set.</summary>
    public IReadOnlyList<string>? OrderStatuses { get; init; }

    /// <summary>Fields that <c>PUT inventories/{key}</c> needs beside the quantity; null where levels cannot be set.</summary>
    public string? LevelFields { get; init; }

    /// <summary>Statuses that a work order goes through; null where there are none or their status cannot be set.</summary>
    public IReadOnlyList<string>? WorkOrderStatuses { get; init; }

    /// <summary>Fields of a new work order; null where none is created and the first of the list is taken.</summary>
    public string? WorkOrderFields { get; init; }

    /// <summary>The field that purchase orders are sorted by; null where lists take no sorts.</summary>
    public string? OrderSort { get; init; } = "createdAt";

    /// <summary>The status that ends an order where it cannot be deleted; null where it is deleted.</summary>
    public string? CancelStatus { get; init; }
}
