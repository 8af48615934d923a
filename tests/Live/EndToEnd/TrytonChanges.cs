using System.Globalization;
using System.Text.Json.Nodes;

namespace Millwright.Live.Tests.EndToEnd;

/// <summary>Changes vendors and purchase orders by Tryton's own JSON-RPC, at random, and keeps which it touched.</summary>
internal sealed class TrytonChanges(int seed)
{
    private const int Company = 1;
    private const int Product = 1;
    private const int Unit = 1;
    private const int Supplier = 2;

    private readonly Random _random = new(seed);
    private readonly List<int> _vendors = [];
    private readonly List<int> _drafts = [];
    private int _names;

    /// <summary>The vendors changed since they were made by <see cref="CreateVendorAsync"/>, or made as a change; the deleted ones included.</summary>
    public HashSet<string> ChangedVendors { get; } = new(StringComparer.Ordinal);

    /// <summary>The orders made, the deleted ones included.</summary>
    public HashSet<string> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>Every name that a vendor of these was given.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each kind of change was made.</summary>
    public SortedDictionary<string, int> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes a vendor.</summary>
    public async Task<string> CreateVendorAsync()
    {
        var id = await CreateAsync("party.party", new JsonObject { ["name"] = Name(), ["addresses"] = new JsonArray(new JsonArray("create", new JsonArray(new JsonObject { ["city"] = "Ogdenville" }))) });
        _vendors.Add(id);
        return KeyOf(id);
    }

    /// <summary>Makes one change of any kind.</summary>
    public Task ChangeAsync()
    {
        return _random.Next(_drafts.Count == 0 ? 70 : 100) switch
        {
            < 12 => CountAsync("create vendor", async () => ChangedVendors.Add(await CreateVendorAsync())),
            < 37 => CountAsync("rename vendor", RenameVendorAsync),
            < 47 => CountAsync("move vendor", MoveVendorAsync),
            < 55 => CountAsync("delete vendor", DeleteVendorAsync),
            < 70 => CountAsync("create order", CreateOrderAsync),
            < 80 => CountAsync("describe order", DescribeOrderAsync),
            < 90 => CountAsync("change line", ChangeLineAsync),
            < 96 => CountAsync("quote order", QuoteOrderAsync),
            _ => CountAsync("cancel and delete order", DeleteOrderAsync),
        };
    }

    private static string KeyOf(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Context() => new() { ["company"] = Company };

    private static JsonObject Decimal(string value) => new() { ["__class__"] = "Decimal", ["decimal"] = value };

    private static async Task<int> CreateAsync(string model, JsonObject record) =>
        (await RealTryton.CallAsync($"model.{model}.create", [new JsonArray(record), Context()]))[0]!.GetValue<int>();

    private static Task WriteAsync(string model, int id, JsonObject values) =>
        RealTryton.DoAsync($"model.{model}.write", [new JsonArray(id), values, Context()]);

    private async Task CountAsync(string kind, Func<Task> change)
    {
        await change();
        Made[kind] = Made.GetValueOrDefault(kind) + 1;
    }

    private string Name()
    {
        var name = $"Polled {seed}-{++_names}";
        Names.Add(name);
        return name;
    }

    private int Pick(List<int> ids) => ids[_random.Next(ids.Count)];

    // A vendor that is about to change.
    private int PickVendor()
    {
        var id = Pick(_vendors);
        ChangedVendors.Add(KeyOf(id));
        return id;
    }

    private Task RenameVendorAsync() => WriteAsync("party.party", PickVendor(), new JsonObject { ["name"] = Name() });

    // The address is a record of its own; the vendor's own time of change stays.
    private async Task MoveVendorAsync()
    {
        var party = await RealTryton.CallAsync("model.party.party.read", [new JsonArray(PickVendor()), new JsonArray("addresses"), Context()]);
        await WriteAsync("party.address", party[0]!["addresses"]![0]!.GetValue<int>(), new JsonObject { ["city"] = $"City {++_names}" });
    }

    private async Task DeleteVendorAsync()
    {
        var id = PickVendor();
        _vendors.Remove(id);
        await RealTryton.DoAsync("model.party.party.delete", [new JsonArray(id), Context()]);
    }

    private async Task CreateOrderAsync()
    {
        var line = new JsonObject { ["type"] = "line", ["product"] = Product, ["quantity"] = _random.Next(1, 50), ["unit"] = Unit, ["unit_price"] = Decimal("4.2000") };
        var id = await CreateAsync(
            "purchase.purchase",
            new JsonObject
            {
                ["party"] = Supplier,
                ["invoice_address"] = Supplier,
                ["payment_term"] = 1,
                ["lines"] = new JsonArray(new JsonArray("create", new JsonArray(line))),
            });
        _drafts.Add(id);
        Orders.Add(KeyOf(id));
    }

    private Task DescribeOrderAsync() => WriteAsync("purchase.purchase", Pick(_drafts), new JsonObject { ["description"] = $"Order {++_names}" });

    // Leaves the order's own time of change as it is, too.
    private async Task ChangeLineAsync()
    {
        var order = await RealTryton.CallAsync("model.purchase.purchase.read", [new JsonArray(Pick(_drafts)), new JsonArray("lines"), Context()]);
        await WriteAsync("purchase.line", order[0]!["lines"]![0]!.GetValue<int>(), new JsonObject { ["quantity"] = 50 + _random.Next(1_000) });
    }

    private async Task QuoteOrderAsync()
    {
        var id = Pick(_drafts);
        _drafts.Remove(id);
        await RealTryton.DoAsync("model.purchase.purchase.quote", [new JsonArray(id), Context()]);
    }

    private async Task DeleteOrderAsync()
    {
        var id = Pick(_drafts);
        _drafts.Remove(id);
        await RealTryton.DoAsync("model.purchase.purchase.cancel", [new JsonArray(id), Context()]);
        await RealTryton.DoAsync("model.purchase.purchase.delete", [new JsonArray(id), Context()]);
    }
}
