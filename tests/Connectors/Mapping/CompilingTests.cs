using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Tests.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>What a mapping must not say.</summary>
public sealed class CompilingTests
{
    [Theory]
    [InlineData("color: c", "orders has no field 'color' in the unified model.")]
    [InlineData("address: {object: {zip: z}}", "orders.address has no field 'zip' in the unified model.")]
    [InlineData("lineItems: {list: l, fields: {color: c}}", "orders.lineItems has no field 'color' in the unified model.")]
    [InlineData("number: {path: a, coalesce: [b]}", "orders.number needs exactly one of 'path', 'coalesce', 'constant', 'object' and 'list'.")]
    [InlineData("number: {readOnly: true}", "orders.number needs exactly one of 'path', 'coalesce', 'constant', 'object' and 'list'.")]
    [InlineData("number: {coalesce: []}", "orders.number has an empty 'coalesce'.")]
    [InlineData("number: {path: a, resource: b}", "orders.number has 'fields' or 'resource', which belong to a 'list'.")]
    [InlineData("number: {constant: a, as: text}", "orders.number has 'as' or 'map', which belong to a single value.")]
    [InlineData("number: {path: a, readOnly: true, required: [create]}", "orders.number is read only and yet required.")]
    [InlineData("number: {path: a, as: epoch-seconds}", "orders.number is of type 'String' in the unified model, which cannot be read as 'epoch-seconds'.")]
    [InlineData("number: {object: {a: b}}", "orders.number is not an object of known fields in the unified model.")]
    [InlineData("number: {list: a}", "orders.number is not a list in the unified model.")]
    [InlineData("address: ship", "orders.address is an object: it needs 'object'.")]
    [InlineData("lineItems: lines", "orders.lineItems is a list: it needs 'list' and 'fields'.")]
    [InlineData("lineItems: {list: lines}", "orders.lineItems is a list of objects in the unified model: its 'fields' are missing.")]
    [InlineData("tags: {list: labels, fields: {a: b}}", "orders.tags is a list of single values in the unified model and can have no 'fields'.")]
    [InlineData("priority: {constant: high}", "orders.priority: 'high' is not a whole number.")]
    [InlineData("isOpen: {path: o, map: {maybe: 1}}", "orders.isOpen: 'maybe' is not true or false.")]
    public void A_mapping_that_does_not_fit_is_refused(string field, string problem)
    {
        var error = Assert.Throws<DefinitionException>(() => Plans.Compile(field));

        Assert.Equal(problem, Assert.Single(error.Problems).Message);
    }

    [Fact]
    public void Two_fields_cannot_read_one_list()
    {
        var line = new Field("lines", FieldType.Array, "") { Items = FieldType.String };
        var record = new RecordType("R", "", [line, line with { Name = "others" }]);

        var error = Assert.Throws<DefinitionException>(() =>
            RecordPlan.Compile("r", record, Plans.Definition("lines: {list: l}\nothers: {list: l}"), ValueDialect.Json));

        Assert.Equal("r.others reads the list 'l' that another field reads.", Assert.Single(error.Problems).Message);
    }

    [Fact]
    public void Every_mistake_of_a_connector_is_named_with_its_line()
    {
        var definition = DefinitionLoader.Load("test/connector.yaml", Examples.Full
            .Replace("notes: notes", "color: notes", StringComparison.Ordinal)
            .Replace("  vendors:", "  suppliers:", StringComparison.Ordinal)
            .Replace("[list, get, create]", "[list]", StringComparison.Ordinal)
            .Replace("set-status: }", "approve: }", StringComparison.Ordinal)
            .Replace("inventory:", "stock:", StringComparison.Ordinal)
            .Replace("operations: [update]", "operations: [delete]", StringComparison.Ordinal));

        var error = Assert.Throws<DefinitionException>(() => ConnectorPlan.Compile(definition, EntityModel.Default, ValueDialect.Json));

        Assert.Equal("test/connector.yaml", error.File);
        Assert.Equal(
        [
            "purchase-orders has no field 'color' in the unified model.",
            "The unified model has no operation 'approve' on purchase-orders.",
            "The unified model has no entity 'suppliers'.",
            "The unified model has no 'materials.stock'.",
        ],
            error.Problems.OrderBy(p => p.Line).Select(p => p.Message));
        Assert.All(error.Problems, p => Assert.NotEqual(0, p.Line));
    }
}
