using System.Globalization;
using System.Text.Json;
using Millwright.Connectors.Mapping;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>From the source's JSON to normalized JSON.</summary>
public sealed class ReadingTests
{
    private const string Fields = """
        number: no
        vendorKey: vendor.id
        vendorName: {coalesce: [vendor.name, vendor.alias]}
        statusKey: {path: state, map: {open: [1, 2], closed: done}}
        priority: prio
        total: amounts.total
        isOpen: {path: open, map: {true: Y, false: N}}
        updatedAt: {coalesce: [written, created]}
        address: {path: ship.to, object: {street: line1, city: town}}
        lineItems: {list: lines, fields: {key: id, quantity: qty, notes: {list: remarks}}}
        tags: {list: labels}
        customFields: custom
        """;

    private static readonly RecordPlan Plan = Plans.Compile(Fields);

    [Fact]
    public void Fields_come_in_the_order_of_the_model_whatever_the_order_of_the_source() => Assert.Equal(
        """{"key":"7","number":"PO-7","priority":3}""",
        Plans.Compile("priority: prio\nnumber: no").Read("""{"prio": 3, "no": "PO-7", "id": 7}"""));

    [Fact]
    public void A_whole_record_is_read() => Assert.Equal(
        """
        {"key":"7","number":"PO-7","vendorKey":"5","vendorName":"ACME","statusKey":"open","priority":1,"total":"44.00","isOpen":true,
        "updatedAt":"2026-11-23T11:12:22Z","address":{"street":"1 Main St","city":"Springfield"},
        "lineItems":[{"key":"1","quantity":"2.50","notes":["a","b"]},{"key":"2","quantity":null,"notes":null}],"tags":["x",null],"customFields":{"c":[1]}}
        """.ReplaceLineEndings(""),
        Plan.Read("""
            {"id": 7, "no": "PO-7", "vendor": {"alias": "A", "id": 5, "name": "ACME"}, "state": 2, "prio": 1, "amounts": {"total": 44.00},
             "open": "Y", "created": "2026-11-23T11:12:22", "written": null, "ship": {"to": {"town": "Springfield", "line1": "1 Main St"}},
             "lines": [{"id": 1, "qty": 2.50, "remarks": ["a", "b"]}, {"id": 2, "qty": null}], "labels": ["x", null], "custom": {"c":[1]}}
            """));

    [Fact]
    public void What_the_source_lacks_is_null() => Assert.Equal(
        """
        {"key":"7","number":null,"vendorKey":null,"vendorName":null,"statusKey":null,"priority":null,"total":null,"isOpen":null,"updatedAt":null,
        "address":null,"lineItems":null,"tags":null,"customFields":null}
        """.ReplaceLineEndings(""),
        Plan.Read("""{"id": 7, "vendor": null, "lines": null, "ship": {"to": null}}"""));

    [Fact]
    public void A_field_nobody_mapped_is_left_out() => Assert.Equal("""{"key":"1"}""", Plans.Compile("{}").Read("""{"id": 1, "number": "x"}"""));

    [Fact]
    public void Empty_lists_and_records_stay_empty() =>
        Assert.Equal("""[{"key":null,"tags":[]}]""", Plans.Compile("tags: {list: labels}").ReadAll("""[{"labels": []}]"""));

    [Theory]
    [InlineData("""{"state": 1}""", "open")]
    [InlineData("""{"state": "2"}""", "open")]
    [InlineData("""{"state": "d\u006fne"}""", "closed")]
    [InlineData("""{"state": "waiting"}""", "waiting")]
    public void Listed_values_are_named_and_others_pass(string record, string status) =>
        Assert.Equal($$"""{"key":null,"statusKey":"{{status}}"}""", Plans.Compile("statusKey: {path: state, map: {open: [1, 2], closed: done}}").Read(record));

    [Fact]
    public void A_constant_is_in_every_record_in_the_form_of_its_type() => Assert.Equal(
        """{"key":null,"number":"a\u0022b","priority":5,"total":"1.50","isOpen":true}""",
        Plans.Compile("number: {constant: 'a\"b'}\npriority: {constant: 5}\ntotal: {constant: 1.50}\nisOpen: {constant: true}").Read("{}"));

    [Fact]
    public void An_object_without_a_path_is_gathered_from_the_record() => Assert.Equal(
        """{"key":null,"address":{"street":"Main","city":null}}""",
        Plans.Compile("address: {object: {street: addr_street, city: addr_city}}").Read("""{"addr_street": "Main"}"""));

    [Fact]
    public void Several_fields_can_share_one_source_value() => Assert.Equal(
        """{"key":"9","number":"9","customFields":{"id":4},"other":4}""",
        Plans.Compile("number: id\ncustomFields: ref\nother: ref.id").Read("""{"ref": {"id":4}, "id": 9}"""));

    [Fact]
    public void Escapes_in_names_are_understood() =>
        Assert.Equal("""{"key":"1","number":"x"}""", Plans.Compile("number: no").Read("""{"\u0069d": 1, "n\u006f": "x"}"""));

    [Fact]
    public void Escapes_in_text_stay_what_they_mean()
    {
        var record = Plans.Compile("number: no").Read("""{"no": "tab\tquote\"\u00e9\ud83d\ude00 é"}""");

        Assert.Equal("tab\tquote\"é\U0001F600 é", JsonDocument.Parse(record).RootElement.GetProperty("number").GetString());
    }

    [Fact]
    public void Of_a_property_that_comes_twice_the_last_one_counts_whole() => Assert.Equal(
        """{"key":"2","vendorKey":null,"vendorName":"B","tags":["y"]}""",
        Plans.Compile("vendorKey: vendor.id\nvendorName: vendor.name\ntags: {list: labels}")
            .Read("""{"id": 1, "vendor": {"id": 5, "name": "A"}, "labels": ["x"], "id": 2, "vendor": {"name": "B"}, "labels": ["y"]}"""));

    [Fact]
    public void Subtrees_nobody_wants_are_skipped_however_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"id":[""", 400)) + string.Concat(Enumerable.Repeat("]}", 400));

        Assert.Equal("""[{"key":"1"},{"key":"2"}]""", Plans.Compile("{}").ReadAll($$"""[{"x": {{deep}}, "id": 1}, {"id": 2, "y": {{deep}}}]"""));
    }

    [Fact]
    public void The_order_of_properties_may_change_from_record_to_record() => Assert.Equal(
        """[{"key":"1","number":"a","priority":1},{"key":"2","number":"b","priority":2},{"key":"3","number":null,"priority":3},{"key":"4","number":"d","priority":null}]""",
        Plans.Compile("number: no\npriority: prio").ReadAll("""
            [{"id": 1, "no": "a", "x": 0, "prio": 1}, {"prio": 2, "y": {}, "no": "b", "id": 2}, {"id": 3, "prio": 3}, {"no": "d", "x": 0, "id": 4}]
            """));

    [Fact]
    public void Records_with_more_properties_than_are_remembered_are_read()
    {
        var many = string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"p{i}\": {i}, ")));

        Assert.Equal("""[{"key":"1","number":"a"},{"key":"2","number":"b"}]""", Plans.Compile("number: no").ReadAll($$"""[{ {{many}}"no": "a", "id": 1}, { {{many}}"id": 2, "no": "b"}]"""));
    }

    [Fact]
    public void Raw_is_the_sources_record_byte_for_byte() => Assert.Equal(
        """[{"key":"1","raw":{"id" : 1, "é":"\u00e9"}},{"key":"2","raw":{ "id":2 }}]""",
        Plans.Compile("{}").ReadAll("""[{"id" : 1, "é":"\u00e9"}, { "id":2 }]""", raw: true));

    [Fact]
    public void A_page_of_thousands_is_read()
    {
        var source = "[" + string.Join(',', Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{i}},"lines":[{"id":{{i}},"qty":{{i}}.50}]}"""))) + "]";

        var records = JsonDocument.Parse(Plan.ReadAll(source)).RootElement;

        Assert.Equal(
            Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}/{i}.50")),
            records.EnumerateArray().Select(r => $"{r.GetProperty("key").GetString()}/{r.GetProperty("lineItems")[0].GetProperty("quantity").GetString()}"));
    }

    [Fact]
    public void The_number_of_records_is_returned() =>
        Assert.Equal(3, Plan.WriteArray("[{}, {}, {}]"u8, new System.Buffers.ArrayBufferWriter<byte>(), includeRaw: false));

    [Theory]
    [InlineData("""{"prio": "high", "id": 7}""", "priority", "is not a whole number in the source ('prio')")]
    [InlineData("""{"prio": "\ud800", "id": 7}""", "priority", "is not a whole number in the source ('prio')")]
    [InlineData("""{"id": 7, "ship": {"to": {"town": []}}}""", "address.city", "is not text in the source ('ship.to.town')")]
    [InlineData("""{"id": 7, "vendor": 5}""", "vendorKey", "is not a key in the source ('vendor.id')")]
    [InlineData("""{"id": 7, "lines": 5}""", "lineItems", "is not a list in the source ('lines')")]
    [InlineData("""{"lines": [{"qty": 1}, {"qty": "some"}, {"qty": "any"}], "id": 7}""", "lineItems[1].quantity", "is not a number in the source ('qty')")]
    [InlineData("""{"lines": [{"remarks": ["a", {}]}], "id": 7}""", "lineItems[0].notes[1]", "is not text in the source ('remarks')")]
    [InlineData("""{"lines": [{}, 5], "id": 7}""", "lineItems[1]", "is not an object in the source")]
    [InlineData("""{"open": "?", "id": 7}""", "isOpen", "is not true or false in the source ('open')")]
    public void A_value_that_cannot_be_read_is_named_with_its_record(string record, string field, string message)
    {
        var error = Assert.Throws<ApiException>(() => Plan.ReadAll($$"""[{"id": 6}, {{record}}]"""));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Equal($"The connected system's orders 7 cannot be read: {field} {message}.", error.Message);
        Assert.Equal([new ErrorDetail(field, message)], error.Details);
    }

    [Theory]
    [InlineData("{}", "is not an array of records")]
    [InlineData("[1]", "has something else where a record should be")]
    [InlineData("[{]", "is not well-formed JSON")]
    [InlineData("", "is not well-formed JSON")]
    [InlineData("[] x", "is not well-formed JSON")]
    public void An_answer_that_is_no_list_of_records_is_a_source_error(string answer, string message)
    {
        var error = Assert.Throws<ApiException>(() => Plan.ReadAll(answer));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_source_error()
    {
        byte[] answer = [.. "[{\"no\":\""u8, 0xff, .. "\"}]"u8];

        var error = Assert.Throws<ApiException>(() => Plan.WriteArray(answer, new System.Buffers.ArrayBufferWriter<byte>(), includeRaw: false));

        Assert.Equal(ErrorCode.SourceError, error.Code);
    }

    [Fact]
    public void A_plan_serves_many_pages_at_once()
    {
        var pages = new string[64];
        Parallel.For(0, pages.Length, i => pages[i] = Plan.ReadAll(string.Create(CultureInfo.InvariantCulture, $$"""[{"id": {{i}}, "labels": ["{{i}}"]}]""")));

        Assert.All(pages.Index(), p => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"tags\":[\"{p.Index}\"]"), p.Item, StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_tells_what_to_ask_the_source_for() => Assert.Equal(
        ["id", "no", "vendor.id", "vendor.name", "vendor.alias", "state", "prio", "amounts.total", "open", "written", "created", "ship.to.line1", "ship.to.town", "lines", "labels", "custom"],
        Plan.SourcePaths);

    [Fact]
    public void A_lists_items_have_a_plan_of_their_own()
    {
        Assert.True(Plan.TryGetField("lineItems", out var lines));

        Assert.Equal(["id", "qty", "remarks"], lines.Items!.SourcePaths);
        Assert.Equal("""[{"key":"1","quantity":"2","notes":["n"]}]""", lines.Items.ReadAll("""[{"id": 1, "qty": 2, "remarks": ["n"]}]"""));
    }
}
