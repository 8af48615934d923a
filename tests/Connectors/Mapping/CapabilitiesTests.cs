using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols;
using Millwright.Connectors.Tests.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>The capability table says what the mapping and the protocol allow, and no more.</summary>
public sealed class CapabilitiesTests
{
    private static readonly Platform Platform = Of(Examples.Full);

    private static readonly EntityCapability Orders = Platform.Entities["purchase-orders"];

    [Fact]
    public void The_credentials_are_those_of_the_definition() =>
        Assert.Equal(["url True Url", "key True Secret", "tenant False Text"], Platform.Credentials.Select(c => $"{c.Name} {c.Required} {c.Kind}"));

    [Fact]
    public void Each_operation_names_the_fields_that_its_body_needs()
    {
        Assert.Equal(["list", "create", "set-status"], Orders.Operations.Keys);
        Assert.Equal(["vendorKey", "lineItems.materialKey", "title"], Orders.Operations["create"]);
    }

    [Fact]
    public void Sub_resources_and_collections_are_operations_of_their_entity()
    {
        Assert.Equal(["quantity"], Platform.Entities["materials"].Operations["inventory.update"]);
        Assert.Equal(["list", "inventory.update", "children.list"], Platform.Entities["materials"].Operations.Keys);
        Assert.Equal(["list", "all-materials.list"], Platform.Entities["work-orders"].Operations.Keys);
    }

    [Theory]
    [InlineData("orderNo", false, false, true)]
    [InlineData("vendorKey", true, true, true)]
    [InlineData("title", false, false, false)]
    [InlineData("terms", false, false, false)]
    [InlineData("billingAddress", true, false, false)]
    [InlineData("billingAddress.city", true, true, true)]
    [InlineData("lineItems", true, false, false)]
    [InlineData("lineItems.materialKey", true, false, false)]
    [InlineData("customFields", true, false, false)]
    public void A_field_can_do_what_its_mapping_allows(string field, bool writable, bool filters, bool sortable)
    {
        var capability = Orders.Fields[field];

        Assert.Equal((writable, filters, sortable), (capability.Writable, capability.Filters.Count > 0, capability.Sortable));
    }

    [Fact]
    public void Statuses_reference_and_paging_are_told()
    {
        Assert.Equal(["open", "closed"], Orders.Statuses.Keys);
        Assert.True(Orders.HasReference);
        Assert.False(Platform.Entities["vendors"].HasReference);
        Assert.Equal(PagingStyle.Page, Orders.Paging);
    }

    [Theory]
    [InlineData("vendors", ChangeTracking.ModifiedTime)]
    [InlineData("materials", ChangeTracking.Comparison)]
    [InlineData("inventories", ChangeTracking.Comparison)]
    public void Changes_are_found_by_modified_time_where_the_source_has_one_and_the_definition_does_not_distrust_it(string entity, ChangeTracking changes) =>
        Assert.Equal(changes, Platform.Entities[entity].Changes);

    [Fact]
    public void Changes_of_what_cannot_be_listed_are_not_found() =>
        Assert.Equal(ChangeTracking.None, Of(Examples.With("[list, get, create]", "[get, create]")).Entities["vendors"].Changes);

    private static Platform Of(string yaml) => Capabilities.Of(
        ConnectorPlan.Compile(DefinitionLoader.Load("test/connector.yaml", yaml), EntityModel.Default, ValueDialect.Json), new Abilities());

    /// <summary>A protocol that can do whatever the mapping allows.</summary>
    private sealed class Abilities : IProtocol
    {
        public string Name => "test";

        public ValueDialect Dialect => ValueDialect.Json;

        public PagingStyle Paging(ConnectorPlan connector, EntityPlan entity) => PagingStyle.Page;

        public IReadOnlyList<FilterOperator> Filters(ConnectorPlan connector, EntityPlan entity, FieldPlan field) => field.Filterable ? [FilterOperator.Equal] : [];

        public bool CanSort(ConnectorPlan connector, EntityPlan entity, FieldPlan field) => field.Sortable;

        public bool CanFindChanges(ConnectorPlan connector, EntityPlan entity) => entity.Records.TryGetField("updatedAt", out _);

        public IConnectedSystem Open(ConnectorPlan connector, IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens, ConnectorRuntime runtime) =>
            throw new NotSupportedException("Only its abilities are asked for.");
    }
}
