using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Live.Tests.Tryton;

/// <summary>Walks over the records of a real Tryton, and what makes a record one that changed.</summary>
[Collection<Alone>]
public sealed class ScanTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    private const int MostCompared = 40;

    public static TheoryData<string> Entities => CapabilityTests.Entities;

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_walk_has_every_record_once_and_byte_for_byte_as_it_is_got(string entity)
    {
        var (listed, result) = await tryton.ListAsync(entity, perPage: 1000);
        var keys = listed.Select(r => (string)r!["key"]!).ToArray();

        var walked = await WalkAsync(entity, size: SomePagesOf(result.Total!.Value));

        Assert.NotEmpty(walked);
        Assert.Equal(walked.Count, walked.Select(Walks.KeyOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(keys.Except(walked.Select(Walks.KeyOf)));
        foreach (var record in walked.TakeLast(MostCompared))
        {
            var got = await tryton.System.ExecuteAsync(
                new EntityRequest(TrytonSystemFixture.Entity(entity), OperationName.Get) { Key = Walks.KeyOf(record) }, TestContext.Current.CancellationToken);
            Assert.Equal(Encoding.UTF8.GetString(got.Data.Span), record);
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_walk_since_a_time_has_the_records_with_a_later_one(string entity)
    {
        if (tryton.Connector.Platform.Entities[entity].Changes != ChangeTracking.ModifiedTime)
        {
            return;
        }

        var all = await WalkAsync(entity);
        var since = all.Select(Walks.UpdatedAt).Order().ElementAt(all.Count / 2);

        var changed = (await WalkAsync(entity, since, SomePagesOf(all.Count / 2))).Select(Walks.KeyOf).ToArray();

        Assert.Equal(changed.Length, changed.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(all.Where(r => Walks.UpdatedAt(r) >= since).Select(Walks.KeyOf).Except(changed));
    }

    [Fact]
    public async Task An_order_changes_with_its_lines_and_a_line_with_its_order()
    {
        var order = (await tryton.DoAsync("purchase-orders", "create", body: """{"vendorKey":"2","lineItems":[{"materialKey":"1","quantity":1,"price":"4.2"}]}"""))!;
        var (key, line) = ((string)order["key"]!, (string)order["lineItems"]![0]!["key"]!);

        await ChangesAsync("purchase-orders", key, () => WriteAsync("purchase.line", line, new() { ["quantity"] = 2 }));
        await ChangesAsync("purchase-orders.line-items", line, () => WriteAsync("purchase.purchase", key, new() { ["description"] = "Moved" }));
    }

    [Theory]
    [InlineData("addresses", "party.address", "street")]
    [InlineData("contact_mechanisms", "party.contact_mechanism", "value")]
    [InlineData("identifiers", "party.identifier", "code")]
    public async Task A_vendor_changes_with_what_belongs_to_it(string relation, string model, string field)
    {
        var vendor = await RpcIdAsync("model.party.party.create", new JsonObject
        {
            ["name"] = TrytonSystemFixture.Unique("Scanned"),
            [relation] = new JsonArray(new JsonArray("create", new JsonArray(new JsonObject { [field] = "before" }))),
        });
        var related = (await tryton.RpcAsync("model.party.party.read", [new JsonArray(Id(vendor)), new JsonArray(relation)]))![0]![relation]![0]!.ToString();

        await ChangesAsync("vendors", vendor, () => WriteAsync(model, related, new() { [field] = "after" }));
    }

    [Theory]
    [InlineData("materials")]
    [InlineData("products")]
    public async Task A_product_changes_with_its_template(string entity)
    {
        var template = (await tryton.RpcAsync("model.product.product.read", [new JsonArray(2), new JsonArray("template", "name")]))![0]!;

        await ChangesAsync(entity, "2", () => WriteAsync("product.template", template["template"]!.ToString(), new() { ["name"] = (string?)template["name"] }));
    }

    [Theory]
    [InlineData("companies")]
    [InlineData("organizations")]
    public async Task A_company_changes_with_its_party(string entity) =>
        await ChangesAsync(entity, "1", () => WriteAsync("party.party", "1", new() { ["lang"] = null }));

    [Fact]
    public async Task A_site_changes_with_its_address()
    {
        var site = (string)(await tryton.ListAsync("sites")).Records[0]!["key"]!;
        var address = (await tryton.RpcAsync("model.party.address.search", [new JsonArray(), 0, 1, null]))![0]!.GetValue<int>();
        await WriteAsync("stock.location", site, new() { ["address"] = address });

        await ChangesAsync("sites", site, () => WriteAsync("party.address", address.ToString(CultureInfo.InvariantCulture), new() { ["name"] = null }));

        await WriteAsync("stock.location", site, new() { ["address"] = null });
    }

    [Fact]
    public async Task A_record_that_is_archived_has_changed_and_is_not_gone()
    {
        var vendor = (string)(await tryton.DoAsync("vendors", "create", body: $$"""{"name":"{{TrytonSystemFixture.Unique("Archived")}}"}"""))!["key"]!;

        await ChangesAsync("vendors", vendor, () => tryton.DoAsync("vendors", "update", vendor, """{"isActive":false}"""));

        Assert.Contains("\"isActive\":false", (await WalkAsync("vendors")).Single(r => Walks.KeyOf(r) == vendor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_during_a_walk_is_no_reason_to_miss_another_record()
    {
        var before = (await WalkAsync("vendors")).Select(Walks.KeyOf).ToArray();
        var deleted = await RpcIdAsync("model.party.party.create", new JsonObject { ["name"] = TrytonSystemFixture.Unique("Deleted") });
        var isFirst = true;

        var walked = await Walks.ToEndAsync(tryton.System, Request("vendors") with { Size = SomePagesOf(before.Length) }, async read =>
        {
            if (isFirst)
            {
                isFirst = false;
                await WriteAsync("party.party", read[0], new() { ["lang"] = null });
                await tryton.DoAsync("vendors", "delete", deleted);
                await RpcIdAsync("model.party.party.create", new JsonObject { ["name"] = TrytonSystemFixture.Unique("Created") });
            }
        });

        Assert.Empty(before.Except(walked.Select(Walks.KeyOf)));
    }

    [Fact]
    public async Task Levels_are_walked_in_pages_of_one()
    {
        await tryton.DoAsync("inventories", "update", "2-1", """{"quantity":7}""");
        var listed = (await tryton.ListAsync("inventories", perPage: 1000)).Records.Select(r => (string)r!["key"]!);

        Assert.Equal(listed, (await WalkAsync("inventories", size: 1)).Select(Walks.KeyOf));
        await tryton.DoAsync("inventories", "update", "2-1", """{"quantity":0}""");
    }

    [Theory]
    [InlineData("vendors", "")]
    [InlineData("vendors", "x")]
    [InlineData("vendors", "-1")]
    [InlineData("vendors", "99999999999")]
    [InlineData("inventories", "3")]
    [InlineData("inventories", "3-x")]
    public async Task A_position_of_another_form_is_refused(string entity, string position)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => tryton.System.ScanAsync(Request(entity) with { Position = position }, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.InvalidCursor, error.Code);
    }

    private async Task ChangesAsync(string entity, string key, Func<Task> write)
    {
        // Tryton's own clock: when it created this.
        var mark = await RpcIdAsync("model.party.party.create", new JsonObject { ["name"] = TrytonSystemFixture.Unique("Mark") });
        var since = Walks.UpdatedAt((await tryton.DoAsync("vendors", "get", mark))!.ToJsonString());
        Assert.DoesNotContain(key, (await WalkAsync(entity, since)).Select(Walks.KeyOf));

        await write();

        Assert.Contains(key, (await WalkAsync(entity, since)).Select(Walks.KeyOf));
    }

    private Task<IReadOnlyList<string>> WalkAsync(string entity, DateTimeOffset? since = null, int size = ScanRequest.DefaultSize) =>
        Walks.ToEndAsync(tryton.System, Request(entity) with { Since = since, Size = size });

    private Task<JsonNode?> WriteAsync(string model, string id, JsonObject values) => tryton.RpcAsync($"model.{model}.write", [new JsonArray(Id(id)), values]);

    private async Task<string> RpcIdAsync(string method, JsonObject values) => (await tryton.RpcAsync(method, [new JsonArray(values)]))![0]!.ToString();

    private static int SomePagesOf(long records) => (int)Math.Clamp(records / 5, 2, 1_000);

    private static ScanRequest Request(string entity) => new(TrytonSystemFixture.Entity(entity));

    private static int Id(string key) => int.Parse(key, CultureInfo.InvariantCulture);
}
