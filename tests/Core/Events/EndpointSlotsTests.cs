using Millwright.Core.Events.Delivering;

namespace Millwright.Core.Tests.Events;

public sealed class EndpointSlotsTests
{
    private readonly EndpointSlots _slots = new();

    [Fact]
    public void A_failing_endpoint_has_two_and_each_of_its_own()
    {
        Assert.True(_slots.TryEnter("a", failing: true));
        Assert.True(_slots.TryEnter("a", failing: true));
        Assert.False(_slots.TryEnter("a", failing: true));
        Assert.True(_slots.TryEnter("b", failing: true));

        _slots.Leave("a");
        Assert.True(_slots.TryEnter("a", failing: true));
        Assert.False(_slots.TryEnter("a", failing: true));
    }

    [Fact]
    public void One_that_does_not_fail_has_as_many_as_it_likes_and_they_count_once_it_fails()
    {
        for (var n = 0; n < 100; n++)
        {
            Assert.True(_slots.TryEnter("a", failing: false));
        }

        Assert.False(_slots.TryEnter("a", failing: true));
        for (var n = 0; n < 99; n++)
        {
            _slots.Leave("a");
        }

        Assert.True(_slots.TryEnter("a", failing: true));
    }
}
