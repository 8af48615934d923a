using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class QueueConformance
{
    [Fact]
    public async Task A_locked_message_is_not_delivered_to_another()
    {
        await SendAsync(Plain, "a");
        await SendAsync(Plain, "b");
        await ReceiveAsync(Plain);
        Assert.Equal("b", await ReceiveIdAsync(Plain));
    }

    [Fact]
    public async Task A_message_whose_lock_expired_is_delivered_again_with_a_higher_count()
    {
        await SendAsync(Plain, "a");
        var first = await ReceiveAsync(Plain);
        Time.Advance(Lock);
        var second = await ReceiveAsync(Plain);
        Assert.Equal((first.SequenceNumber, 2), (second.SequenceNumber, second.DeliveryCount));
        Assert.NotEqual(first.LockToken, second.LockToken);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_by_the_expiry_of_a_lock()
    {
        await SendAsync(Plain, "a");
        await ReceiveAsync(Plain);
        var waiting = ReceiveAsync(Plain);
        Time.Advance(Lock);
        Assert.Equal(2, (await waiting).DeliveryCount);
    }

    [Fact]
    public async Task A_receiver_that_waited_before_the_lock_was_taken_is_woken_by_its_expiry()
    {
        var (one, two) = (ReceiveAsync(Plain), ReceiveAsync(Plain));
        await SendAsync(Plain, "a");
        var first = await await Task.WhenAny(one, two);
        Time.Advance(Lock);
        var both = await Task.WhenAll(one, two);
        Assert.Equal([first.SequenceNumber, first.SequenceNumber], both.Select(d => d.SequenceNumber));
        Assert.Equal([1, 2], both.Select(d => d.DeliveryCount).Order());
    }

    [Fact]
    public async Task Completing_after_the_lock_expired_returns_false_and_the_message_is_delivered_again()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        Time.Advance(Lock);
        Assert.False(await Receiver.CompleteAsync(delivery, Cancel));
        Assert.Equal("a", await ReceiveIdAsync(Plain));
    }

    [Fact]
    public async Task No_settling_works_with_a_lock_that_another_delivery_took_over()
    {
        await SendAsync(Plain, "a");
        var lost = await ReceiveAsync(Plain);
        Time.Advance(Lock);
        var current = await ReceiveAsync(Plain);
        Assert.False(await Receiver.CompleteAsync(lost, Cancel));
        Assert.False(await Receiver.AbandonAsync(lost, Cancel));
        Assert.False(await Receiver.DeadLetterAsync(lost, "reason", "description", Cancel));
        Assert.False(await Receiver.RenewAsync(lost, Cancel));
        Assert.True(await Receiver.CompleteAsync(current, Cancel));
    }

    [Fact]
    public async Task A_message_settles_once()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        Assert.True(await Receiver.CompleteAsync(delivery, Cancel));
        Assert.False(await Receiver.CompleteAsync(delivery, Cancel));
    }

    [Fact]
    public async Task A_renewed_lock_lasts_the_full_duration_again()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        Time.Advance(Lock - TimeSpan.FromSeconds(1));
        Assert.True(await Receiver.RenewAsync(delivery, Cancel));
        Time.Advance(Lock - TimeSpan.FromSeconds(1));
        await NothingElseAsync(Plain);
        Assert.True(await Receiver.CompleteAsync(delivery, Cancel));
    }

    [Fact]
    public async Task A_renewed_lock_expires_too()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        Time.Advance(Lock / 2);
        Assert.True(await Receiver.RenewAsync(delivery, Cancel));
        var waiting = ReceiveAsync(Plain);
        Time.Advance(Lock);
        Assert.Equal(2, (await waiting).DeliveryCount);
    }

    [Fact]
    public async Task Renewing_an_expired_lock_returns_false()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        Time.Advance(Lock);
        Assert.False(await Receiver.RenewAsync(delivery, Cancel));
    }
}
