using System.Text.Json;
using CsCheck;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Bodies;

namespace Millwright.Core.Tests.Entities;

public sealed class BodyValidatorTests
{
    [Fact]
    public void An_order_with_lines_is_right()
    {
        Assert.Empty(Problems("purchase-orders", "create", """
            {
              "vendorKey": "4", "orderDate": "2026-01-31", "dueAt": "2026-02-03T08:00:00Z", "title": null,
              "deliveryAddress": { "city": "Ulm", "isActive": true },
              "lineItems": [{ "materialKey": "7", "quantity": "2.5", "price": 19.90 }, { "description": "Freight", "quantity": 1 }],
              "customFields": { "cost unit": { "a": [1, true, null] } }
            }
            """));
    }

    [Theory]
    [InlineData("""{"colour": "red"}""", "colour")]
    [InlineData("""{"key": "1"}""", "key")]
    [InlineData("""{"updatedAt": "2026-01-31T00:00:00Z"}""", "updatedAt")]
    [InlineData("""{"title": 5}""", "title")]
    [InlineData("""{"title": "a", "title": "b"}""", "title")]
    [InlineData("""{"vendorKey": ""}""", "vendorKey")]
    [InlineData("""{"vendorKey": 4}""", "vendorKey")]
    [InlineData("""{"orderDate": "2026-02-30"}""", "orderDate")]
    [InlineData("""{"dueAt": "2026-01-31T08:00:00"}""", "dueAt")]
    [InlineData("""{"totalNetValue": "twelve"}""", "totalNetValue")]
    [InlineData("""{"totalNetValue": 1e300}""", "totalNetValue")]
    [InlineData("""{"totalNetValue": 1e-30}""", "totalNetValue")]
    [InlineData("""{"totalNetValue": 0.12345678901234567890123456789}""", "totalNetValue")]
    [InlineData("""{"title": "\ud800"}""", "title")]
    [InlineData("""{"vendorKey": "\ud800"}""", "vendorKey")]
    [InlineData("""{"\ud800": 1}""", "\uFFFD")]
    [InlineData("""{"customFields": {"a": "\ud800"}}""", "customFields.a")]
    [InlineData("""{"customFields": {"\ud800": 1}}""", "customFields.\uFFFD")]
    [InlineData("""{"lineItems": {}}""", "lineItems")]
    [InlineData("""{"lineItems": [5]}""", "lineItems[0]")]
    [InlineData("""{"lineItems": [{}, {"quantity": "x"}]}""", "lineItems[1].quantity")]
    [InlineData("""{"lineItems": [{"receivedQuantity": "1"}]}""", "lineItems[0].receivedQuantity")]
    [InlineData("""{"deliveryAddress": {"town": "Ulm"}}""", "deliveryAddress.town")]
    [InlineData("""{"deliveryAddress": "Ulm"}""", "deliveryAddress")]
    [InlineData("""{"deliveryAddress": {"isActive": "true"}}""", "deliveryAddress.isActive")]
    [InlineData("""{"customFields": []}""", "customFields")]
    [InlineData("""{"customFields": {"a": [{"b": 1, "b": 2}]}}""", "customFields.a[0].b")]
    [InlineData("""[]""", "")]
    public void A_wrong_field_is_named_by_its_path(string body, string path)
    {
        Assert.Equal(path, Assert.Single(Problems("purchase-orders", "create", body)).Path);
    }

    [Fact]
    public void A_null_for_what_the_system_sets_is_nothing_on_a_create_and_wrong_on_an_update()
    {
        const string body = """{"createdAt": null}""";

        Assert.Empty(Problems("purchase-orders", "create", body));
        Assert.Equal("createdAt", Assert.Single(Problems("purchase-orders", "update", body)).Path);
    }

    [Fact]
    public void Several_problems_are_named_at_once()
    {
        Assert.Equal(
            [
                ("colour", "PurchaseOrder has no such field."),
                ("key", "Read-only: the connected system sets it."),
                ("orderDate", "'soon' is not a date (yyyy-MM-dd)."),
                ("lineItems[0].price", "true is not a decimal number of at most 28 digits."),
            ],
            Problems("purchase-orders", "create", """{"colour": 1, "key": "1", "orderDate": "soon", "lineItems": [{"price": true}]}"""));
    }

    [Theory]
    [InlineData("1e-7")]
    [InlineData("-1.5E+3")]
    [InlineData("1234567890123456789012345.678")]
    public void A_decimal_may_be_any_number_that_is_kept_exactly(string number)
    {
        Assert.Empty(Problems("purchase-orders", "create", $$"""{"totalNetValue": {{number}} }"""));
    }

    [Fact]
    public void Any_json_is_answered_with_problems_and_never_with_an_exception()
    {
        var name = Gen.OneOf(Gen.OneOf("title", "lineItems", "quantity", "key", "customFields", "deliveryAddress", "statusKey", "\\ud800"), Gen.String[Gen.Char.AlphaNumeric, 0, 4]);
        var leaf = Gen.OneOf("null", "true", "0", "-1e9", "1e400", "\"\"", "\"x\"", "\"\\udc00\"", "\"2026-01-31\"");
        var json = Gen.Recursive<string>((depth, inner) => depth > 4
            ? leaf
            : Gen.OneOf(leaf, inner.Array[0, 3].Select(a => $"[{string.Join(',', a)}]"), Gen.Select(name, inner).Array[0, 4].Select(a => $"{{{string.Join(',', a.Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}")));

        Gen.Select(json, Gen.OneOf("create", "update", "set-status", "delete")).Sample((body, operation) => Problems("purchase-orders", operation, body).Count <= BodyValidator.MaxProblems);
    }

    [Fact]
    public void A_line_may_be_named_by_its_key_in_an_update()
    {
        Assert.Empty(Problems("purchase-orders", "update", """{"lineItems": [{"key": "8", "quantity": 3}]}"""));
    }

    [Fact]
    public void An_update_has_to_change_something()
    {
        Assert.Equal([("", "The body names no field to change.")], Problems("purchase-orders", "update", "{}"));
    }

    [Theory]
    [InlineData("""{"statusKey": "done"}""", null)]
    [InlineData("""{"status": "done"}""", null)]
    [InlineData("""{}""", "statusKey")]
    [InlineData("""{"status": "done", "statusKey": "done"}""", "statusKey")]
    [InlineData("""{"statusKey": "done", "statusKey": "open"}""", "statusKey")]
    [InlineData("""{"statusKey": ""}""", "statusKey")]
    [InlineData("""{"statusKey": null}""", "statusKey")]
    [InlineData("""{"statusKey": "\ud800"}""", "statusKey")]
    [InlineData("""{"status": 5}""", "status")]
    [InlineData("""{"statusKey": "done", "notes": "x"}""", "notes")]
    public void A_status_is_set_by_one_key_under_either_name(string body, string? path)
    {
        Assert.Equal(path, Problems("work-orders", "set-status", body).Select(p => p.Path).SingleOrDefault());
    }

    [Theory]
    [InlineData("work-orders", "materials.create", """{"materialKey": "7", "requiredQuantity": 2}""", null)]
    [InlineData("work-orders", "materials.update", """{"quantity": 2}""", "quantity")]
    [InlineData("materials", "inventory.update", """{"quantity": 12.5, "locationKey": "3"}""", null)]
    [InlineData("materials", "inventory.update", """{"quantity": "12"}""", "quantity")]
    public void A_sub_resource_has_a_body_of_its_own_type(string entity, string operation, string body, string? path)
    {
        Assert.Equal(path, Problems(entity, operation, body).Select(p => p.Path).SingleOrDefault());
    }

    [Fact]
    public void An_operation_without_a_body_takes_no_fields()
    {
        Assert.Equal([("force", "delete takes no fields.")], Problems("vendors", "delete", """{"force": true}"""));
    }

    [Fact]
    public void Arrays_and_nesting_have_bounds()
    {
        var items = string.Join(',', Enumerable.Repeat("{}", BodyValidator.MaxItems + 1));
        var deep = string.Concat(Enumerable.Repeat("[", BodyValidator.MaxDepth)) + string.Concat(Enumerable.Repeat("]", BodyValidator.MaxDepth));

        Assert.Equal([("lineItems", "More than 10000 items.")], Problems("purchase-orders", "create", $$"""{"lineItems": [{{items}}] }"""));
        Assert.Single(Problems("purchase-orders", "create", $$"""{"customFields": {"a": {{deep}} } }"""));
    }

    [Fact]
    public void Not_more_problems_are_named_than_a_person_would_read()
    {
        var lines = string.Join(',', Enumerable.Repeat("""{"quantity": "x"}""", 5000));

        Assert.Equal(BodyValidator.MaxProblems, Problems("purchase-orders", "create", $$"""{"lineItems": [{{lines}}]}""").Count);
    }

    private static List<(string Path, string Message)> Problems(string entity, string operation, string body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. BodyValidator.Validate(EntityModel.Default.Find(entity)!, operation, document.RootElement).Select(p => (p.Field, p.Message))];
    }
}
