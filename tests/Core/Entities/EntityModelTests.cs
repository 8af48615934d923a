using Millwright.Core.Entities;
using Millwright.Testing;

namespace Millwright.Core.Tests.Entities;

public sealed class EntityModelTests
{
    private static readonly EntityModel Model = EntityModel.Default;

    [Fact]
    public void An_entity_is_found_in_the_areas_that_serve_it()
    {
        Assert.Equal("purchase-orders", Model.Find("wms", "purchase-orders")?.Name);
        Assert.NotNull(Model.Find("eam", "work-orders"));
        Assert.Null(Model.Find("erp", "work-orders"));
        Assert.Null(Model.Find("nowhere", "vendors"));
        Assert.Null(Model.Find("erp", "Vendors"));
    }

    [Fact]
    public void Fields_keep_the_order_of_their_file()
    {
        var names = Model.Find("purchase-orders")!.Fields.Select(f => f.Name).ToList();

        Assert.Equal(["key", "siteKey", "organizationKey", "orderDate"], names[..4]);
        Assert.Equal("customFields", names[^1]);
    }

    [Fact]
    public void A_field_is_found_by_its_path_and_named_by_it()
    {
        var record = Model.Find("purchase-orders")!.Record;

        Assert.Equal(new { Name = "lineItems.quantity", Type = FieldType.Decimal }, record.Find("lineItems.quantity") is { } f ? new { f.Name, f.Type } : null);
        Assert.Equal(FieldType.String, record.Find("billingAddress.city")?.Type);
        Assert.Null(record.Find("billingAddress.nothing"));
        Assert.Null(record.Field("billingAddress.city"));
    }

    [Fact]
    public void A_key_knows_the_entity_that_it_names()
    {
        Assert.Equal("vendors", Model.Find("purchase-orders")!.Record.Field("vendorKey")!.Relation);
        Assert.Equal("materials", Model.Find("materials")!.Record.Field("parentKeys")!.Relation);
    }

    [Fact]
    public void Vendors_can_be_created_and_changed_beyond_the_published_contract()
    {
        var vendors = Model.Find("vendors")!;

        Assert.Equal(["list", "get", "create", "update", "delete"], vendors.Operations);
        Assert.Equal(["create", "update", "delete"], vendors.ExtensionOperations);
    }

    [Fact]
    public void Sub_resources_and_collections_are_operations_with_types_of_their_own()
    {
        var orders = Model.Find("work-orders")!;

        Assert.True(orders.Offers("materials.update"));
        Assert.Equal("MaterialItem", orders.RecordOf("materials.list").Name);
        Assert.Equal("WorkOrderMaterial", orders.BodyOf("materials.create")?.Name);
        Assert.Equal("CustomFieldDefinition", orders.RecordOf(orders.Collection("custom-fields")!.Operation).Name);
        Assert.True(orders.SubResource("materials")!.HasKeys);
        Assert.Equal("Material", Model.Find("materials")!.RecordOf("children.list").Name);
        Assert.Equal("InventoryLevel", Model.Find("materials")!.BodyOf("inventory.update")?.Name);
        Assert.False(orders.Offers("children.list"));
    }

    [Theory]
    [InlineData("purchase-orders")]
    [InlineData("work-orders")]
    [InlineData("vendors")]
    [InlineData("materials")]
    [InlineData("sales-orders")]
    [InlineData("invoices")]
    [InlineData("assets")]
    [InlineData("service-requests")]
    public void Transactional_entities_carry_custom_fields(string entity)
    {
        var field = Model.Find(entity)!.Record.Field("customFields")!;

        Assert.Equal(FieldType.Object, field.Type);
        Assert.True(field.Extension);
    }

    [Fact]
    public void Every_relation_is_named_unless_it_leads_out_of_the_model()
    {
        string[] outside = ["key", "statusKey", "entityKeys", "Task.parentKey", "Status.parentKey"];
        var missing =
            from record in Model.Records
            from field in record.Fields
            where field.ValueType == FieldType.Key && field.Relation is null
            where !outside.Contains(field.Name) && !outside.Contains($"{record.Name}.{field.Name}")
            select $"{record.Name}.{field.Name}";

        Offenders.None(missing);
    }

    [Fact]
    public void Keys_and_the_dates_of_the_record_are_read_only_on_every_entity()
    {
        string[] own = ["key", "createdAt", "updatedAt", "deletedAt"];
        var writable =
            from entity in Model.Entities
            from field in entity.Fields
            where own.Contains(field.Name) && !field.ReadOnly
            select $"{entity.Name}.{field.Name}";

        Offenders.None(writable);
    }

    [Fact]
    public void Every_operation_is_one_that_the_routes_serve()
    {
        var wrong =
            from entity in Model.Entities
            from operation in entity.ExtensionOperations
            where !entity.Offers(operation)
            select $"{entity.Name}: {operation}";

        Offenders.None(wrong);
        Assert.All(Model.Entities, e => Assert.Contains(OperationName.List, e.Operations));
    }
}
