namespace Millwright.Contracts.Tests;

/// <summary>Where the model deliberately says something else than the published contracts, and why.</summary>
internal static class Deviations
{
    private const string ListOfKeys = "The name is in the plural and other entities have an array of keys there; a string could not hold several.";
    private const string OneOfEach = "An option has one vendor and so one number, price and unit; the contract's array has no items.";
    private const string Flag = "A yes or no; the contract types the same name as boolean elsewhere.";

    /// <summary>Record types whose fields have another type, by <c>{record}.{field}</c>.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>
    {
        ["Contact.phones"] = "The name is in the plural; a string could not hold several.",
        ["Contact.emails"] = "The name is in the plural; a string could not hold several.",
        ["Labor.organizationKeys"] = ListOfKeys,
        ["Material.vendorKeys"] = ListOfKeys,
        ["Asset.accountKeys"] = ListOfKeys,
        ["Meter.assetKeys"] = ListOfKeys,
        ["PreventiveMaintenance.assetTemplateKeys"] = ListOfKeys,
        ["RequestForQuotation.documentKeys"] = ListOfKeys,
        ["PurchaseRequisition.documentKeys"] = ListOfKeys,
        ["SupplyOption.partNumber"] = OneOfEach,
        ["SupplyOption.price"] = OneOfEach,
        ["SupplyOption.uomKey"] = OneOfEach,
        ["User.isActive"] = Flag,
        ["Currency.isActive"] = Flag,
        ["Currency.isBase"] = "A yes or no, by its name.",
        ["StockTransfer.shipmentRequired"] = "A yes or no, by its name.",
        ["Site.properties"] = "Properties are an object; the contract's string has no structure.",
        ["Customer.addresses"] = "The same as the companies' addresses, which are an array of addresses.",
        ["Customer.billingAddress"] = "The same as the companies' billing address, which is an address.",
        ["Fulfillment.lineItems"] = "An array in the contract's own bodies and on every other document.",
        ["Material.dimensions"] = "An array in the contract's own example.",
        ["Product.dimensions"] = "An array in the contract's own example.",
        ["WorkOrder.materialCount"] = "A count is a whole number.",
        ["WorkOrder.documents"] = "An array in records; the contract's bodies show the item alone.",
        ["WorkOrder.tasks"] = "An array in records; the contract's bodies show the item alone.",
    };

    /// <summary>Fields of bodies that are not taken, by <c>{entity}.{operation} {field}</c>.</summary>
    public static IReadOnlyDictionary<string, string> RefusedInBodies { get; } = new Dictionary<string, string>
    {
        ["invoices.create lineItem"] = "Misspelt: records have lineItems, and the refusal of lineItem names the field.",
        ["invoices.update lineItem"] = "Misspelt: records have lineItems, and the refusal of lineItem names the field.",
        ["documents.create file"] = "A part of the contract's multipart body, not a field of the record.",
    };

    /// <summary>Fields that bodies in the contract carry although the connected system alone sets them: taking them would be ignoring them.</summary>
    public static IReadOnlyList<string> SetBySystem { get; } = ["createdAt", "updatedAt", "deletedAt"];

    /// <summary>Operations whose records the contract types as something else, by <c>{entity}.{operation}</c>.</summary>
    public static IReadOnlyDictionary<string, string> Records { get; } = new Dictionary<string, string>
    {
        ["work-orders.all-materials.list"] = "The contract names the work order; a list of materials holds materials.",
        ["work-orders.materials.list"] = "The contract names the work order; a list of materials holds materials.",
        ["work-orders.materials.create"] = "The contract names the work order; creating a material line answers with it, as everywhere else.",
        ["work-orders.materials.update"] = "The contract names the work order; changing a material line answers with it, as everywhere else.",
    };
}
