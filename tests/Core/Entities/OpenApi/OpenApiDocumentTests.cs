using System.Text.Json;
using Millwright.Core.Entities;
using Millwright.Core.Entities.OpenApi;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Core.Tests.Entities.OpenApi;

public sealed class OpenApiDocumentTests
{
    private static readonly EntityModel Model = EntityModel.Default;
    private static readonly JsonElement Document = Write();
    private static readonly List<(string Path, string Verb, JsonElement Operation)> Operations =
    [
        .. from path in Document.GetProperty("paths").EnumerateObject()
           from verb in path.Value.EnumerateObject()
           select (path.Name, verb.Name, verb.Value),
    ];

    [Fact]
    public void Every_operation_of_the_model_is_described_in_every_area_of_its_entity()
    {
        var expected =
            from entity in Model.Entities
            from area in entity.Areas
            from operation in entity.Operations.Concat(entity.Statuses ? ["statuses"] : [])
            select $"{area}.{entity.Name}.{operation}";

        Assert.Equal(expected.Append("health").Order(StringComparer.Ordinal), Operations.Select(o => o.Operation.GetProperty("operationId").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/erp/purchase-orders", "post", "erp.purchase-orders.create")]
    [InlineData("/api/wms/purchase-orders.line-items/{key}", "get", "wms.purchase-orders.line-items.get")]
    [InlineData("/api/eam/work-orders/{key}/materials/{subKey}", "put", "eam.work-orders.materials.update")]
    [InlineData("/api/eam/work-orders/custom-fields", "get", "eam.work-orders.all-custom-fields.list")]
    [InlineData("/api/erp/materials/{key}/inventory", "put", "erp.materials.inventory.update")]
    [InlineData("/api/erp/statuses/purchase-orders", "get", "erp.purchase-orders.statuses")]
    [InlineData("/health", "get", "health")]
    public void An_operation_stands_at_its_path_and_verb(string path, string verb, string id)
    {
        Assert.Equal(id, Document.GetProperty("paths").GetProperty(path).GetProperty(verb).GetProperty("operationId").GetString());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        Offenders.None(References(Document).Where(r => !Leads(r)).Distinct());
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described()
    {
        var missing =
            from operation in Operations
            let named = operation.Path.Split('/').Where(s => s.StartsWith('{')).Select(s => s[1..^1])
            let described = operation.Operation.GetProperty("parameters").EnumerateArray()
                .Where(p => p.TryGetProperty("in", out var place) && place.GetString() == "path").Select(p => p.GetProperty("name").GetString()!)
            where !named.SequenceEqual(described)
            select $"{operation.Verb} {operation.Path}";

        Offenders.None(missing);
    }

    [Fact]
    public void Every_error_code_is_in_the_error_schema_and_under_its_status()
    {
        var codes = Document.GetProperty("components").GetProperty("schemas").GetProperty("Error")
            .GetProperty("properties").GetProperty("error").GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(c => c.GetString());
        var responses = Document.GetProperty("components").GetProperty("responses");

        Assert.Equal(ErrorCode.All.Select(c => c.Name), codes);
        Assert.All(ErrorCode.All, c => Assert.Contains($"`{c.Name}`", responses.GetProperty($"Error{c.Status}").GetProperty("description").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_shows_its_type_meaning_example_and_relation()
    {
        var order = Document.GetProperty("components").GetProperty("schemas").GetProperty("PurchaseOrder").GetProperty("properties");

        Assert.Equal(
            """{"type":["string","null"],"description":"The vendor that the order goes to.","examples":["1042"],"x-millwright-relation":"vendors"}""",
            order.GetProperty("vendorKey").GetRawText());
        Assert.Equal("decimal", order.GetProperty("totalNetValue").GetProperty("format").GetString());
        Assert.True(order.GetProperty("key").GetProperty("readOnly").GetBoolean());
        Assert.Equal("#/components/schemas/PurchaseOrderLine", order.GetProperty("lineItems").GetProperty("items").GetProperty("$ref").GetString());
    }

    [Fact]
    public void Filters_are_described_by_field_and_operator()
    {
        var filter = Document.GetProperty("components").GetProperty("schemas").GetProperty("CurrencyFilter");

        Assert.Equal("""{"type":"boolean"}""", filter.GetProperty("properties").GetProperty("isBase").GetRawText());
        Assert.Contains("^(key|name|code):(contains|startsWith|endsWith)$", filter.GetProperty("patternProperties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void The_examples_of_bodies_are_right_by_the_model()
    {
        var wrong =
            from entity in Model.Entities
            from operation in entity.Operations
            let record = entity.BodyOf(operation)
            where record is not null
            let example = JsonDocument.Parse(Examples.Body(record)).RootElement
            from problem in Core.Entities.Bodies.BodyValidator.Validate(entity, operation, example)
            select $"{entity} {operation}: {problem.Field} {problem.Message}";

        Offenders.None(wrong);
    }

    [Fact]
    public void What_the_published_contract_lacks_is_marked()
    {
        Assert.True(Operations.Single(o => o is { Path: "/api/erp/vendors", Verb: "post" }).Operation.GetProperty("x-millwright-extension").GetBoolean());
        Assert.False(Operations.Single(o => o is { Path: "/api/erp/vendors", Verb: "get" }).Operation.TryGetProperty("x-millwright-extension", out _));
    }

    [Fact]
    public void Only_what_says_so_is_open_to_anyone()
    {
        Assert.Equal("bearer", Assert.Single(Document.GetProperty("security").EnumerateArray().Single().EnumerateObject()).Name);
        Assert.Equal("health", Assert.Single(Operations, o => o.Operation.TryGetProperty("security", out _)).Operation.GetProperty("operationId").GetString());
    }

    private static JsonElement Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            OpenApiDocument.Write(
                json,
                new OpenApiInfo("Millwright", "1.2.3", "One API.", new Uri("http://localhost:7071/")),
                Model,
                [new OpenApiTag("health", "Health", "Whether it works.")],
                [new OpenApiOperation("get", "/health", "health", "health", "Tell whether it works") { Anonymous = true, Answer = """{"type":"object"}""", Errors = [503] }]);
        }

        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Leads(string reference)
    {
        var at = Document;
        return reference.Split('/')[1..].All(step => at.TryGetProperty(step, out at));
    }
}
