using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Tryton.Values;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Tests.Protocols.Tryton;

public sealed class TrytonDialectTests
{
    private static readonly RecordPlan Orders = RecordPlan.Compile(
        EntityModel.Default.Find("purchase-orders")!, DefinitionLoader.LoadAll().Single(d => d.Provider == "tryton").Entities["purchase-orders"], TrytonDialect.Instance);

    [Theory]
    [InlineData("purchase_date", """{"__class__":"date","year":2026,"month":3,"day":1}""", "orderDate", "\"2026-03-01\"")]
    [InlineData("purchase_date", """{"day":1,"month":3,"year":2026,"__class__":"date"}""", "orderDate", "\"2026-03-01\"")]
    [InlineData("purchase_date", "null", "orderDate", "null")]
    [InlineData("create_date", """{"__class__":"datetime","year":2026,"month":11,"day":23,"hour":1,"minute":2,"second":3,"microsecond":12193}""", "createdAt", "\"2026-11-23T01:02:03.012193Z\"")]
    [InlineData("create_date", """{"__class__":"datetime","year":2026,"month":11,"day":23,"hour":1,"minute":2,"second":3,"microsecond":0}""", "createdAt", "\"2026-11-23T01:02:03Z\"")]
    [InlineData("total_amount", """{"__class__":"Decimal","decimal":"12345678901234567890.1200"}""", "totalGrossValue", "\"12345678901234567890.1200\"")]
    [InlineData("total_amount", """{"__class__":"Decimal","decimal":"-0.5"}""", "totalGrossValue", "\"-0.5\"")]
    [InlineData("party", "2", "vendorKey", "\"2\"")]
    public void A_value_of_Trytons_is_read(string source, string json, string field, string unified)
    {
        var output = new ArrayBufferWriter<byte>();

        Orders.WriteRecord(Encoding.UTF8.GetBytes($$"""{"id":1,"{{source}}":{{json}}}"""), output, includeRaw: false);

        Assert.Equal(unified, JsonNode.Parse(output.WrittenSpan)![field]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("purchase_date", """{"__class__":"date","year":2026,"month":2,"day":30}""")]
    [InlineData("purchase_date", "\"2026-02-01\"")]
    [InlineData("create_date", """{"__class__":"datetime","year":2026,"month":1,"day":1,"hour":24,"minute":0,"second":0,"microsecond":0}""")]
    [InlineData("total_amount", """{"__class__":"Decimal","decimal":"NaN"}""")]
    [InlineData("total_amount", """{"__class__":"bytes","base64":"AA=="}""")]
    public void A_value_that_is_none_of_its_kind_is_a_source_error(string source, string json)
    {
        var error = Assert.Throws<Core.Errors.ApiException>(() =>
            Orders.WriteRecord(Encoding.UTF8.GetBytes($$"""{"id":1,"{{source}}":{{json}}}"""), new ArrayBufferWriter<byte>(), includeRaw: false));

        Assert.Equal(Core.Errors.ErrorCode.SourceError, error.Code);
    }

    [Theory]
    [InlineData("orderDate", "2026-03-01", """{"__class__":"date","year":2026,"month":3,"day":1}""")]
    [InlineData("createdAt", "2026-03-01T12:30:45.5Z", """{"__class__":"datetime","year":2026,"month":3,"day":1,"hour":12,"minute":30,"second":45,"microsecond":500000}""")]
    [InlineData("createdAt", "2026-03-01T01:30:00.123456789+02:00", """{"__class__":"datetime","year":2026,"month":2,"day":28,"hour":23,"minute":30,"second":0,"microsecond":123456}""")]
    [InlineData("updatedAt", "2026-03-01T12:30:45Z", """{"__class__":"datetime","year":2026,"month":3,"day":1,"hour":12,"minute":30,"second":45,"microsecond":0}""")]
    [InlineData("totalNetValue", "4.2000", """{"__class__":"Decimal","decimal":"4.2000"}""")]
    [InlineData("vendorKey", "2", "2")]
    [InlineData("statusKey", "draft", "\"draft\"")]
    public void A_unified_value_becomes_Trytons(string field, string unified, string source)
    {
        Assert.True(Orders.TryGetField(field, out var plan));
        Assert.True(plan.TryToSourceValue(unified, out var value));
        Assert.Equal(source, value.ToJsonString());
    }

    [Fact]
    public void Relations_and_lines_are_found_where_Tryton_puts_them()
    {
        var output = new ArrayBufferWriter<byte>();

        Orders.WriteRecord(
            """{"id":1,"payment_term.":{"id":1,"name":"Net 30"},"lines.":[{"id":4,"product":1,"product.":{"code":"BRG"},"quantity":1.0},{"id":5,"product":null,"product.":null,"quantity":null}]}"""u8,
            output, includeRaw: false);

        var order = JsonNode.Parse(output.WrittenSpan)!;
        Assert.Equal("Net 30", (string?)order["terms"]);
        Assert.Equal("BRG", (string?)order["lineItems"]![0]!["code"]);
        Assert.Null(order["lineItems"]![1]!["code"]);
    }
}
