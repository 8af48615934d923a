using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Core.Entities;
using Millwright.Testing;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Contracts.Tests.Answers;

public sealed class WriteAnswerTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly List<PublishedOperation> Operations = [.. PublishedContract.All.SelectMany(c => c.Operations)];

    // What the Sandbox needs although the contract's body lacks it. Which fields a system needs is the system's own matter there too.
    private static readonly Dictionary<string, string> AlsoNeeded = new()
    {
        ["purchase-orders"] = "lineItems: no order without lines; the contract has them in the record alone.",
    };

    // What the contract's body has and the Sandbox cannot store: it is refused by name, never dropped.
    private static readonly Dictionary<string, string> Unstored = new()
    {
        ["storeroomKey"] = "The Sandbox takes all parts of a work order from the order's own storeroom.",
    };

    private ApiClient Customer => fixture.Connected.Customer;

    public static TheoryData<string> Creatable => [.. Of(OperationName.Create, "assets", "materials", "products", "purchase-orders", "service-requests", "work-orders")];

    public static TheoryData<string> Changeable => [.. Of(OperationName.Update, "inventories", "stocks")];

    [Fact]
    public void Every_write_that_the_Sandbox_offers_is_tried_here()
    {
        string[] tried = [.. Creatable.Select(r => r.Data), .. Changeable.Select(r => r.Data)];
        var made = tried.Select(route => route.Split('/')[3]).ToHashSet();

        Offenders.None(Operations
            .Where(o => o.Body is not null && fixture.Offers(o) && !tried.Contains(o.Route))
            .Where(o => !(made.Contains(o.Entity) && (o.Name is OperationName.Update or OperationName.SetStatus || o.Name.Contains('.', StringComparison.Ordinal))))
            .Select(o => o.Route));
    }

    [Fact]
    public void The_contracts_know_no_status_but_200() =>
        Offenders.None(Operations.SelectMany(o => o.Contract.Statuses(o.Route).Where(status => status != "200").Select(status => $"{o.Route} {status}")));

    [Theory]
    [MemberData(nameof(Creatable))]
    public async Task A_record_is_created_and_changed_with_the_documented_body(string route)
    {
        var create = Operations.Single(o => o.Route == route);
        var path = route.Split(' ')[1];
        var model = (await Customer.GetAsync($"{path}?per_page=1")).Expect(200).GetProperty("data")[0];
        var body = ContractBody.Whole(create, model, field => Stores(create.Entity, field));
        if (AlsoNeeded.ContainsKey(create.Entity))
        {
            (await Customer.PostAsync(path, body)).ExpectError(422, "VALIDATION_FAILED");
            body["lineItems"] = new JsonArray(new JsonObject { ["materialKey"] = await Orders.FirstKeyAsync(Customer, "/api/eam/materials?per_page=1"), ["quantity"] = 1, ["price"] = 4.2m });
        }

        var created = Checked(create, await Customer.PostAsync(path, body));

        var key = created.GetProperty("key").GetString();
        if (Find(create, OperationName.Update) is { } update)
        {
            Checked(update, await Customer.PutAsync($"{path}/{key}", ContractBody.Given(update, created, field => Stores(create.Entity, field))));
        }

        if (Find(create, OperationName.SetStatus) is { } setStatus)
        {
            // The contract calls the field status here and statusKey there.
            var field = setStatus.Contract.Properties(setStatus.Body!.Value).Single().Name;
            var next = create.Entity == "work-orders" ? "in_progress" : "submitted";
            Checked(setStatus, await Customer.PutAsync($"{path}/{key}/status", new JsonObject { [field] = next }));
        }
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task A_record_is_changed_with_the_documented_body(string route)
    {
        var update = Operations.Single(o => o.Route == route);
        var path = route.Split(' ')[1].Replace("/{key}", "", StringComparison.Ordinal);
        var record = (await Customer.GetAsync($"{path}?per_page=1")).Expect(200).GetProperty("data")[0];
        var body = ContractBody.Given(update, record, field => Stores(update.Entity, field));

        Checked(update, await Customer.PutAsync($"{path}/{record.GetProperty("key").GetString()}", body));
    }

    [Fact]
    public async Task A_work_orders_material_is_planned_and_booked_with_the_documented_body()
    {
        var order = await Orders.FirstKeyAsync(Customer, "/api/eam/work-orders?filter[statusKey]=open&per_page=1");
        var path = $"/api/eam/work-orders/{order}/materials";
        var body = new JsonObject
        {
            ["materialKey"] = await Orders.FirstKeyAsync(Customer, "/api/eam/materials?per_page=1"),
            ["storeroomKey"] = await Orders.FirstKeyAsync(Customer, "/api/eam/storerooms?per_page=1"),
            ["requiredQuantity"] = 2,
            ["usedQuantity"] = 1,
        };
        Assert.Equal(Unstored.Keys, (await Customer.PostAsync(path, body)).ErrorFields);
        body.Remove(Unstored.Keys.Single());

        var added = (await Customer.PostAsync(path, body)).Expect(200).GetProperty("data");

        Assert.Equal(JsonValueKind.String, added.GetProperty("materialKey").ValueKind);
        (await Customer.PutAsync($"{path}/{added.GetProperty("key").GetString()}", body)).Expect(200);
    }

    [Theory]
    [InlineData("eam")]
    [InlineData("erp")]
    [InlineData("wms")]
    public async Task A_materials_inventory_is_set_with_the_documented_body(string area)
    {
        var operation = Operations.Single(o => o.Route == $"PUT /api/{area}/materials/{{key}}/inventory");
        var level = (await Customer.GetAsync($"/api/{area}/inventories?per_page=1")).Expect(200).GetProperty("data")[0];
        var body = new JsonObject { ["quantity"] = 4, ["locationKey"] = level.GetProperty("locationKey").GetString() };

        Checked(operation, await Customer.PutAsync($"/api/{area}/materials/{level.GetProperty("materialKey").GetString()}/inventory", body));
    }

    private static IEnumerable<string> Of(string operation, params string[] entities) =>
        Operations.Where(o => o.Name == operation && entities.Contains(o.Entity)).Select(o => o.Route);

    private static PublishedOperation? Find(PublishedOperation beside, string name) =>
        Operations.SingleOrDefault(o => o.Contract == beside.Contract && o.Entity == beside.Entity && o.Name == name);

    private static JsonElement Checked(PublishedOperation operation, ApiAnswer answer)
    {
        var reader = new AnswerReader(operation.Contract);
        reader.CheckAnswer(operation.Route, answer.Expect(200), EntityModel.Default.Find(operation.Entity)!.RecordOf(operation.Name));
        Offenders.None(reader.Problems);
        Assert.True(reader.Read > 1, "Nothing was read.");
        return answer.Data;
    }

    private bool Stores(string entity, string field) => fixture.Field(entity, field) is { } found && found.GetProperty("writable").GetBoolean();
}
