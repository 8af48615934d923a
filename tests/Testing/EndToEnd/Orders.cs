using System.Text.Json;
using Millwright.Testing.App;

namespace Millwright.Testing.EndToEnd;

/// <summary>Purchase orders of the suite, made of whatever vendors and materials the system has.</summary>
public static class Orders
{
    public const string Path = "/api/erp/purchase-orders";

    /// <summary>A body with two lines.</summary>
    public static async Task<object> BodyAsync(ApiClient customer, string title)
    {
        var vendor = await FirstKeyAsync(customer, "/api/erp/vendors?filter[name:contains]=a&per_page=1");
        var materials = (await customer.GetAsync("/api/erp/materials?per_page=2")).Expect(200).GetProperty("data").EnumerateArray()
            .Select(m => m.GetProperty("key").GetString()).ToList();
        return new
        {
            vendorKey = vendor,
            orderDate = "2026-11-24",
            title,
            lineItems = new[]
            {
                new { materialKey = materials[0], quantity = "5", price = "4.20" },
                new { materialKey = materials[1], quantity = "2", price = "11.50" },
            },
        };
    }

    /// <summary>Creates one and gives it back.</summary>
    public static async Task<JsonElement> CreateAsync(ApiClient customer, string title, string? idempotencyKey = null) =>
        (await customer.PostAsync(Path, await BodyAsync(customer, title), idempotencyKey)).Expect(200).GetProperty("data");

    /// <summary>The key of the first record of a list.</summary>
    public static async Task<string> FirstKeyAsync(ApiClient customer, string path) =>
        (await customer.GetAsync(path)).Expect(200).GetProperty("data")[0].GetProperty("key").GetString()!;
}
