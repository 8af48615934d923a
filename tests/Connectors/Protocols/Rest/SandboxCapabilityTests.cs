using Millwright.Core.Entities;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>What the capability table promises is tried: a field that the sandbox cannot filter or sort by is an error there.</summary>
public sealed class SandboxCapabilityTests
{
    public static TheoryData<string> Entities =>
    [
        "purchase-orders", "work-orders", "service-requests", "assets", "materials", "inventories", "vendors", "invoices", "receipts", "meters", "meter-readings",
        "sites", "locations", "storerooms", "companies", "organizations", "teams", "users", "labors", "accounts", "currencies", "uom", "products", "stocks",
    ];

    [Fact]
    public async Task The_table_has_exactly_the_entities_that_are_tried_here()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(Entities.Select(e => e.Data).Order(StringComparer.Ordinal), sandbox.Connector.Platform.Entities.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_operator_and_every_sort_of_every_field_is_taken(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var problems = new List<string>();
        foreach (var (name, field) in sandbox.Connector.Platform.Entities[entity].Fields)
        {
            foreach (var op in field.Filters)
            {
                await TryAsync($"{name} {op}", () => sandbox.ListAsync(entity, [(name, op, Sample(entity, SandboxFixture.Entity(entity).Record.Find(name)!))]));
            }

            if (field.Sortable)
            {
                await TryAsync($"sort {name}", () => sandbox.ListAsync(entity, sorts: [(name, true)]));
            }
        }

        Assert.Empty(problems);

        async Task TryAsync(string what, Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (Core.Errors.ApiException e)
            {
                problems.Add($"{what}: {e.Message}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_listed_record_is_read_by_its_key_as_it_was_listed(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (records, _) = await sandbox.ListAsync(entity, perPage: 3);

        Assert.NotEmpty(records);
        foreach (var record in records)
        {
            Assert.Equal(record!.ToJsonString(), (await sandbox.DoAsync(entity, "get", (string?)record["key"]))!.ToJsonString());
        }
    }

    private static string[] Sample(string entity, Field field) => field.Type switch
    {
        FieldType.Integer or FieldType.Number or FieldType.Decimal => ["1.5"],
        FieldType.Boolean => ["true"],
        FieldType.Date => ["2026-01-31"],
        FieldType.DateTime => ["2026-01-31T12:00:00Z"],
        _ => [field.Name switch { "statusKey" => entity switch { "purchase-orders" => "draft", "service-requests" => "new", _ => "open" }, "severity" or "criticality" => "high", "roleName" => "planner", "type" => "area", _ => "x" }],
    };
}
