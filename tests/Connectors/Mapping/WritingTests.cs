using Millwright.Connectors.Mapping;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>From a body to a source record.</summary>
public sealed class WritingTests
{
    private static readonly RecordPlan Plan = Plans.Compile("""
        number: {path: no, readOnly: true}
        vendorKey: {path: vendor.id, as: integer-key}
        vendorName: {coalesce: [vendor.name]}
        statusKey: {path: state, map: {open: [1, 2], closed: done}}
        isOpen: {path: open, map: {true: Y, false: N}}
        total: amounts.total
        orderDate: ordered
        updatedAt: {path: updated, as: epoch-seconds}
        address: {path: ship.to, object: {street: line1, city: town}}
        lineItems: {list: lines, fields: {materialKey: {path: item.id, as: integer-key}, quantity: qty, notes: {list: remarks}}}
        tags: {list: labels.all}
        customFields: custom
        """);

    [Fact]
    public void A_whole_body_is_written() => Assert.Equal(
        """
        {"vendor":{"id":5},"state":1,"open":"Y","amounts":{"total":44.00},"ordered":"2026-11-23","updated":1795432350,
        "ship":{"to":{"line1":"1 Main St","town":"Springfield"}},"lines":[{"item":{"id":1},"qty":2.50,"remarks":["a"]},{}],"labels":{"all":["x","y"]},"custom":{"c":[1]}}
        """.ReplaceLineEndings(""),
        Plan.Write("""
            {"vendorKey": "5", "statusKey": "open", "isOpen": true, "total": "44.00", "orderDate": "2026-11-23", "updatedAt": "2026-11-23T12:12:30+01:00",
             "address": {"street": "1 Main St", "city": "Springfield"}, "lineItems": [{"materialKey": "1", "quantity": "2.50", "notes": ["a"]}, {}],
             "tags": ["x", "y"], "customFields": {"c": [1]}}
            """));

    [Fact]
    public void Only_what_is_given_is_written() => Assert.Equal("""{"ordered":"2026-11-23"}""", Plan.Write("""{"orderDate": "2026-11-23"}"""));

    [Fact]
    public void An_explicit_null_clears() => Assert.Equal(
        """{"vendor":{"id":null},"state":null,"ship":{"to":null},"lines":null,"labels":{"all":null}}""",
        Plan.Write("""{"vendorKey": null, "statusKey": null, "address": null, "lineItems": null, "tags": null}"""));

    [Fact]
    public void An_explicit_null_clears_every_part_of_a_gathered_object() => Assert.Equal(
        """{"street":null,"town":null}""",
        Plans.Compile("address: {object: {street: street, city: town}}").Write("""{"address": null}"""));

    [Fact]
    public void Every_problem_of_a_body_is_named_at_once()
    {
        var error = Assert.Throws<ApiException>(() => Plan.Write("""
            {"number": "1", "vendorName": "x", "vendorKey": "A", "statusKey": "lost", "priority": 1, "orderDate": "soon", "address": {"street": {}, "zip": 1},
             "lineItems": [{"quantity": "2"}, {"quantity": "two", "materialKey": "x"}, 3], "tags": ["a", null]}
            """));

        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
        Assert.Equal(
        [
            new("number", "is read only"),
            new("vendorName", "is read only"),
            new("vendorKey", "must be a key of the connected system, which is a whole number"),
            new("statusKey", "must be one of open, closed"),
            new("priority", "is not mapped to the connected system"),
            new("orderDate", "must be a date, such as 2026-11-23"),
            new("address.street", "must be text"),
            new("address.zip", "is not mapped to the connected system"),
            new("lineItems[1].quantity", "must be a number"),
            new("lineItems[1].materialKey", "must be a key of the connected system, which is a whole number"),
            new("lineItems[2]", "must be an object"),
            new("tags[1]", "must be text"),
        ],
            error.Details);
    }

    [Theory]
    [InlineData("vendorKey", "5", "5")]
    [InlineData("statusKey", "closed", "\"done\"")]
    [InlineData("total", "1e2", "100")]
    [InlineData("updatedAt", "2026-11-23", "1795392000")]
    [InlineData("address.city", "Springfield", "\"Springfield\"")]
    public void A_filters_value_takes_the_sources_form(string name, string text, string source)
    {
        Assert.True(Plan.TryGetField(name, out var field));
        Assert.True(field.TryToSourceValue(text, out var value));
        Assert.Equal(source, value.ToJsonString());
    }

    [Fact]
    public void A_filters_value_of_the_wrong_kind_is_refused()
    {
        Assert.True(Plan.TryGetField("orderDate", out var field));
        Assert.False(field.TryToSourceValue("soon", out _));
    }
}
