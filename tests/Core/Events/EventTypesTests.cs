using Millwright.Core.Entities;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

public sealed class EventTypesTests
{
    private static readonly EventTypes Types = new(EntityModel.Default);

    [Theory]
    [InlineData("purchase-orders.updated", true)]
    [InlineData("purchase-orders.*", true)]
    [InlineData("purchase-orders.line-items.created", true)]
    [InlineData("endpoint.disabled", true)]
    [InlineData("endpoint.*", true)]
    [InlineData("connection.status_changed", true)]
    [InlineData("connection.reauthorization_required", true)]
    [InlineData("connection.*", true)]
    [InlineData("sync.completed", true)]
    [InlineData("sync.failed", true)]
    [InlineData("*", true)]
    [InlineData("", false)]
    [InlineData("*.updated", false)]
    [InlineData("purchase-orders", false)]
    [InlineData("purchase-orders.", false)]
    [InlineData("purchase-orders.exploded", false)]
    [InlineData("Purchase-Orders.updated", false)]
    public void A_pattern_is_a_type_a_group_or_all(string text, bool isPattern) => Assert.Equal(isPattern, Types.IsPattern(text));

    [Theory]
    [InlineData("*", "purchase-orders.updated", true)]
    [InlineData("purchase-orders.*", "purchase-orders.updated", true)]
    [InlineData("purchase-orders.updated", "purchase-orders.updated", true)]
    [InlineData("purchase-orders.created", "purchase-orders.updated", false)]
    [InlineData("purchase.*", "purchase-orders.updated", false)]
    [InlineData("vendors.*", "purchase-orders.updated", false)]
    public void A_pattern_takes_in_what_it_says(string pattern, string type, bool matches) => Assert.Equal(matches, EventTypes.Matches(pattern, type));
}
