using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class QueueConformance
{
    [Fact]
    public async Task A_message_is_delivered_as_it_was_sent()
    {
        var sent = new QueueMessage("id", "{\"text\":\"Größe 件数 😀\"}")
        {
            SessionId = "s",
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["traceparent"] = "00-a-b-01", ["empty"] = "" },
        };
        await Sender.SendAsync(Plain, sent, Cancel);
        var message = (await ReceiveAsync(Plain)).Message;
        Assert.Equal((sent.MessageId, sent.Body, sent.SessionId), (message.MessageId, message.Body, message.SessionId));
        Assert.Equal(sent.Properties, message.Properties);
    }

    [Fact]
    public async Task An_empty_body_is_delivered()
    {
        await Sender.SendAsync(Plain, new QueueMessage("id", ""), Cancel);
        Assert.Equal("", (await ReceiveAsync(Plain)).Message.Body);
    }

    [Fact]
    public async Task A_delivery_tells_its_queue_its_times_and_its_count()
    {
        await SendAsync(Plain, "id");
        var delivery = await ReceiveAsync(Plain);
        Assert.Equal((Plain, 1), (delivery.Queue, delivery.DeliveryCount));
        Assert.Equal((Time.GetUtcNow(), Time.GetUtcNow() + Lock), (delivery.EnqueuedAt, delivery.LockedUntil));
        Assert.Equal((null, null), (delivery.DeadLetterReason, delivery.DeadLetterDescription));
    }

    [Fact]
    public async Task Messages_are_delivered_in_the_order_sent()
    {
        string[] ids = ["b", "a", "c"];
        foreach (var id in ids)
        {
            await SendAsync(Plain, id);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, await ReceiveIdAsync(Plain));
        }
    }

    [Fact]
    public async Task Sequence_numbers_grow()
    {
        await SendAsync(Plain, "a");
        await SendAsync(Plain, "b");
        var first = await ReceiveAsync(Plain);
        Assert.True(first.SequenceNumber < (await ReceiveAsync(Plain)).SequenceNumber);
    }

    [Fact]
    public async Task Two_queues_are_apart()
    {
        await SendAsync(Plain, "a");
        await SendAsync(Distinct, "b");
        Assert.Equal("b", await ReceiveIdAsync(Distinct));
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await SendAsync(Plain, "a");
        await CompleteNextAsync(Plain, "a");
        Time.Advance(Lock * 2);
        await NothingElseAsync(Plain);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_by_a_send()
    {
        var waiting = ReceiveAsync(Plain);
        await SendAsync(Plain, "a");
        Assert.Equal("a", (await waiting).Message.MessageId);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_by_an_abandon()
    {
        await SendAsync(Plain, "a");
        var delivery = await ReceiveAsync(Plain);
        var waiting = ReceiveAsync(Plain);
        Assert.True(await Receiver.AbandonAsync(delivery, Cancel));
        Assert.Equal(("a", 2), ((await waiting).Message.MessageId, (await waiting).DeliveryCount));
    }

    [Fact]
    public async Task Many_waiting_receivers_get_one_message_each()
    {
        const int Count = 20;
        var waiting = Enumerable.Range(0, Count).Select(_ => ReceiveIdAsync(Plain)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => SendAsync(Plain, $"{i:D2}")));
        var received = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i:D2}"), received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_receive_locks_nothing()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = Receiver.ReceiveAsync(Plain, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await SendAsync(Plain, "a");
        Assert.Equal(1, (await ReceiveAsync(Plain)).DeliveryCount);
    }

    [Fact]
    public async Task A_cancelled_receiver_does_not_take_the_wake_up_of_another()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var cancelled = Receiver.ReceiveAsync(Plain, source.Token);
        var waiting = ReceiveIdAsync(Plain);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await SendAsync(Plain, "a");
        Assert.Equal("a", await waiting);
    }

    [Fact]
    public async Task An_abandoned_message_is_delivered_again_before_later_ones()
    {
        await SendAsync(Plain, "a");
        await SendAsync(Plain, "b");
        Assert.True(await Receiver.AbandonAsync(await ReceiveAsync(Plain), Cancel));
        Assert.Equal("a", await ReceiveIdAsync(Plain));
    }
}
