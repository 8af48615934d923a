using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>What the capability table promises is tried, with values of the sandbox's own records, and the answers are compared with what they have to be.</summary>
public sealed class SandboxCapabilityTests
{
    public static TheoryData<string> Entities =>
    [
        "purchase-orders", "receipts", "invoices", "vendors", "materials", "products", "inventories", "stocks", "assets", "work-orders", "service-requests",
        "meters", "meter-readings", "companies", "organizations", "sites", "locations", "storerooms", "teams", "users", "labors", "currencies", "uom", "accounts",
    ];

    [Fact]
    public async Task The_table_has_exactly_the_entities_that_are_tried_here()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        Assert.Equal(Entities.Select(e => e.Data).Order(StringComparer.Ordinal), sandbox.Connector.Platform.Entities.Keys.Order(StringComparer.Ordinal));
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

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_operator_of_every_field_finds_the_records_that_it_should_and_no_other(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var (all, _) = await sandbox.ListAsync(entity, perPage: 1000);
        var problems = new List<string>();
        foreach (var (name, capability) in sandbox.Connector.Platform.Entities[entity].Fields.Where(f => f.Value.Filters.Count > 0))
        {
            if (all.Select(r => Value(r!, name)).FirstOrDefault(v => v is not null && !v.ToString().Contains(',', StringComparison.Ordinal)) is not { } sample)
            {
                continue;
            }

            foreach (var op in capability.Filters)
            {
                var values = Values(op, sample);
                var expected = all.Where(r => Meets(r!, name, op, values)).Select(r => (string?)r!["key"]);
                var found = (await sandbox.ListAsync(entity, [(name, op, values)], perPage: 1000)).Records.Select(r => (string?)r!["key"]);
                if (!expected.SequenceEqual(found))
                {
                    problems.Add($"{name} {op} {string.Join(',', values)}: {string.Join(' ', found)} for {string.Join(' ', expected)}");
                }
            }
        }

        Assert.Empty(problems);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_sort_orders_the_records(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var problems = new List<string>();
        foreach (var name in sandbox.Connector.Platform.Entities[entity].Fields.Where(f => f.Value.Sortable).Select(f => f.Key))
        {
            var up = (await sandbox.ListAsync(entity, sorts: [(name, false)], perPage: 1000)).Records.Select(r => Value(r!, name)).ToList();
            var down = (await sandbox.ListAsync(entity, sorts: [(name, true)], perPage: 1000)).Records.Select(r => Value(r!, name)).ToList();
            if (!IsAscending(up) || !IsAscending([.. down.AsEnumerable().Reverse()]))
            {
                problems.Add(name);
            }
        }

        Assert.Empty(problems);
    }

    private static JsonNode? Value(JsonNode record, string path) => path.Split('.').Aggregate((JsonNode?)record, (node, name) => node?[name]);

    private static string[] Values(FilterOperator op, JsonNode sample)
    {
        var text = sample.GetValueKind() == JsonValueKind.String ? (string)sample! : sample.ToJsonString();
        return op switch
        {
            FilterOperator.In => [text, text],
            FilterOperator.Contains => [text[1..^1] is { Length: > 0 } middle ? middle.ToUpperInvariant() : text],
            FilterOperator.StartsWith => [text[..2].ToUpperInvariant()],
            FilterOperator.EndsWith => [text[^2..].ToUpperInvariant()],
            _ => [text],
        };
    }

    private static bool Meets(JsonNode record, string name, FilterOperator op, string[] values)
    {
        if (Value(record, name) is not { } value)
        {
            return false;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? (string)value! : value.ToJsonString();
        return op switch
        {
            FilterOperator.Equal or FilterOperator.In => values.Contains(text),
            FilterOperator.Contains => text.Contains(values[0], StringComparison.OrdinalIgnoreCase),
            FilterOperator.StartsWith => text.StartsWith(values[0], StringComparison.OrdinalIgnoreCase),
            FilterOperator.EndsWith => text.EndsWith(values[0], StringComparison.OrdinalIgnoreCase),
            FilterOperator.GreaterThan => Compare(text, values[0]) > 0,
            FilterOperator.GreaterThanOrEqual => Compare(text, values[0]) >= 0,
            FilterOperator.LessThan => Compare(text, values[0]) < 0,
            _ => Compare(text, values[0]) <= 0,
        };
    }

    private static bool IsAscending(List<JsonNode?> values)
    {
        var present = values.OfType<JsonNode>().Select(v => v.GetValueKind() == JsonValueKind.String ? (string)v! : v.ToJsonString()).ToList();
        return present.Zip(present.Skip(1)).All(p => Compare(p.First, p.Second) <= 0);
    }

    private static int Compare(string left, string right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
