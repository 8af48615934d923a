using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Live.Tests.Tryton;

/// <summary>What the capability table promises is tried on the real system: a field that it cannot filter or sort by would be an error there.</summary>
public sealed class CapabilityTests(TrytonSystemFixture tryton) : IClassFixture<TrytonSystemFixture>
{
    public static TheoryData<string> Entities =>
    [
        "purchase-orders", "purchase-orders.line-items", "vendors", "materials", "products", "inventories", "sites", "locations", "storerooms",
        "companies", "organizations", "currencies", "uom", "users", "accounts",
    ];

    [Fact]
    public void The_table_has_exactly_the_entities_that_are_tried_here() =>
        Assert.Equal(Entities.Select(e => e.Data).Order(StringComparer.Ordinal), tryton.Connector.Platform.Entities.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Changes_are_found_by_their_time_but_for_what_Tryton_computes_and_what_has_none() =>
        Assert.Equal(
            ["inventories", "uom"],
            tryton.Connector.Platform.Entities.Values.Where(e => e.Changes != ChangeTracking.ModifiedTime).Select(e => e.Entity).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_operator_of_every_field_is_taken(string entity)
    {
        foreach (var (name, field) in tryton.Connector.Platform.Entities[entity].Fields)
        {
            foreach (var op in field.Filters)
            {
                await tryton.ListAsync(entity, [(name, op, Sample(TrytonSystemFixture.Entity(entity).Record.Find(name)!))], perPage: 2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_sortable_field_sorts_both_ways(string entity)
    {
        foreach (var (name, _) in tryton.Connector.Platform.Entities[entity].Fields.Where(f => f.Value.Sortable))
        {
            foreach (var descending in new[] { false, true })
            {
                Assert.NotEmpty((await tryton.ListAsync(entity, sorts: [(name, descending)], perPage: 2)).Records);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_listed_record_is_read_by_its_key_as_it_was_listed(string entity)
    {
        var (records, result) = await tryton.ListAsync(entity, perPage: 3);

        Assert.NotEmpty(records);
        Assert.True(result.Total >= records.Count);
        foreach (var record in records)
        {
            var read = await tryton.DoAsync(entity, "get", (string?)record!["key"]);
            Assert.Equal(record.ToJsonString(), read!.ToJsonString());
        }
    }

    private static string[] Sample(Field field) => field.Type switch
    {
        FieldType.Key => [field.Name.EndsWith("tatusKey", StringComparison.Ordinal) ? "draft" : "1"],
        FieldType.Integer or FieldType.Number or FieldType.Decimal => ["1.5"],
        FieldType.Boolean => ["true"],
        FieldType.Date => ["2026-01-31"],
        FieldType.DateTime => ["2026-01-31T12:00:00.5Z"],
        _ => ["a%_'\\"],
    };
}
