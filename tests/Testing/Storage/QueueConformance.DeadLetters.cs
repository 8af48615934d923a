using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class QueueConformance
{
    [Fact]
    public async Task A_dead_lettered_message_is_in_the_dead_letters_with_its_reason()
    {
        await SendAsync(Plain, "a");
        Assert.True(await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "no such order", Cancel));
        var letter = await ReceiveAsync(DeadLettersOf(Plain));
        Assert.Equal(("a", "body of a", DeadLettersOf(Plain)), (letter.Message.MessageId, letter.Message.Body, letter.Queue));
        Assert.Equal(("BadData", "no such order"), (letter.DeadLetterReason, letter.DeadLetterDescription));
    }

    [Fact]
    public async Task A_dead_lettered_message_is_gone_from_its_queue()
    {
        await SendAsync(Plain, "a");
        await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "", Cancel);
        await NothingElseAsync(Plain);
    }

    [Fact]
    public async Task A_message_abandoned_as_often_as_allowed_is_dead_lettered()
    {
        await SendAsync(Plain, "a");
        for (var count = 1; count <= MaxDeliveryCount; count++)
        {
            var delivery = await ReceiveAsync(Plain);
            Assert.Equal(count, delivery.DeliveryCount);
            Assert.True(await Receiver.AbandonAsync(delivery, Cancel));
        }

        Assert.Equal("MaxDeliveryCountExceeded", (await ReceiveAsync(DeadLettersOf(Plain))).DeadLetterReason);
        await NothingElseAsync(Plain);
    }

    [Fact]
    public async Task A_message_whose_lock_expired_as_often_as_allowed_is_dead_lettered()
    {
        await SendAsync(Plain, "a");
        for (var count = 1; count <= MaxDeliveryCount; count++)
        {
            Assert.Equal(count, (await ReceiveAsync(Plain)).DeliveryCount);
            Time.Advance(Lock);
        }

        await NothingElseAsync(Plain);
        var letter = await ReceiveAsync(DeadLettersOf(Plain));
        Assert.Equal(("a", "MaxDeliveryCountExceeded"), (letter.Message.MessageId, letter.DeadLetterReason));
    }

    [Fact]
    public async Task The_dead_letters_get_the_last_expired_lock_without_a_receiver_on_the_queue()
    {
        await SendAsync(Plain, "a");
        for (var count = 1; count <= MaxDeliveryCount; count++)
        {
            await ReceiveAsync(Plain);
            Time.Advance(Lock);
        }

        Assert.Equal("a", await ReceiveIdAsync(DeadLettersOf(Plain)));
    }

    [Fact]
    public async Task A_receiver_waiting_for_dead_letters_is_woken()
    {
        var waiting = ReceiveIdAsync(DeadLettersOf(Plain));
        await SendAsync(Plain, "a");
        await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "", Cancel);
        Assert.Equal("a", await waiting);
    }

    [Fact]
    public async Task A_receiver_waiting_for_dead_letters_is_woken_by_the_expiry_of_the_last_lock()
    {
        var waiting = ReceiveIdAsync(DeadLettersOf(Plain));
        await SendAsync(Plain, "a");
        for (var count = 1; count <= MaxDeliveryCount; count++)
        {
            await ReceiveAsync(Plain);
            Time.Advance(Lock);
        }

        Assert.Equal("a", await waiting);
    }

    [Fact]
    public async Task The_next_of_a_session_is_delivered_after_the_first_was_dead_lettered_for_its_count()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        for (var count = 1; count <= MaxDeliveryCount; count++)
        {
            Assert.True(await Receiver.AbandonAsync(await ReceiveAsync(Sessions), Cancel));
        }

        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task Dead_letters_know_no_sessions()
    {
        foreach (var id in new[] { "a1", "a2" })
        {
            await SendAsync(Sessions, id, "a");
            await Receiver.DeadLetterAsync(await ReceiveAsync(Sessions), "BadData", "", Cancel);
        }

        Assert.Equal("a1", await ReceiveIdAsync(DeadLettersOf(Sessions)));
        Assert.Equal("a2", await ReceiveIdAsync(DeadLettersOf(Sessions)));
    }

    [Fact]
    public async Task A_dead_letter_completes()
    {
        await SendAsync(Plain, "a");
        await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "", Cancel);
        Assert.True(await Receiver.CompleteAsync(await ReceiveAsync(DeadLettersOf(Plain)), Cancel));
    }

    [Fact]
    public async Task A_dead_letter_is_delivered_as_often_as_it_is_abandoned()
    {
        await SendAsync(Plain, "a");
        await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "", Cancel);
        for (var count = 1; count <= MaxDeliveryCount + 2; count++)
        {
            var letter = await ReceiveAsync(DeadLettersOf(Plain));
            Assert.Equal(count, letter.DeliveryCount);
            Assert.True(await Receiver.AbandonAsync(letter, Cancel));
        }
    }

    [Fact]
    public async Task A_dead_letter_is_not_dead_lettered_again()
    {
        await SendAsync(Plain, "a");
        await Receiver.DeadLetterAsync(await ReceiveAsync(Plain), "BadData", "", Cancel);
        var letter = await ReceiveAsync(DeadLettersOf(Plain));
        await Assert.ThrowsAsync<ArgumentException>(() => Receiver.DeadLetterAsync(letter, "Again", "", Cancel));
    }
}
