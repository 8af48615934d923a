using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class QueueConformance
{
    [Fact]
    public async Task A_queue_with_sessions_refuses_a_message_without_one() =>
        await Assert.ThrowsAsync<StorageLimitException>(() => SendAsync(Sessions, "a"));

    [Fact]
    public async Task Messages_of_a_session_are_delivered_one_after_the_other_in_the_order_sent()
    {
        string[] ids = ["c", "a", "b"];
        foreach (var id in ids)
        {
            await SendAsync(Sessions, id, "s");
        }

        foreach (var id in ids)
        {
            await CompleteNextAsync(Sessions, id);
        }
    }

    [Fact]
    public async Task Only_one_message_of_a_session_is_locked_at_a_time()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        await SendAsync(Sessions, "b1", "b");
        Assert.Equal("a1", await ReceiveIdAsync(Sessions));
        Assert.Equal("b1", await ReceiveIdAsync(Sessions));
        await NothingElseAsync(Sessions);
    }

    [Fact]
    public async Task Different_sessions_are_delivered_in_parallel()
    {
        const int Count = 10;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => SendAsync(Sessions, $"m{i}", $"s{i}")));
        var received = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => ReceiveIdAsync(Sessions)));
        Assert.Equal(Count, received.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Sessions_that_differ_in_case_only_are_different_sessions()
    {
        await SendAsync(Sessions, "lower", "s");
        await SendAsync(Sessions, "upper", "S");
        Assert.Equal("lower", await ReceiveIdAsync(Sessions));
        Assert.Equal("upper", await ReceiveIdAsync(Sessions));
    }

    [Fact]
    public async Task A_waiting_receiver_gets_the_next_of_the_session_when_the_first_is_completed()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        var first = await ReceiveAsync(Sessions);
        var waiting = ReceiveIdAsync(Sessions);
        Assert.True(await Receiver.CompleteAsync(first, Cancel));
        Assert.Equal("a2", await waiting);
    }

    [Fact]
    public async Task A_waiting_receiver_gets_the_next_of_the_session_when_the_first_is_dead_lettered()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        var first = await ReceiveAsync(Sessions);
        var waiting = ReceiveIdAsync(Sessions);
        Assert.True(await Receiver.DeadLetterAsync(first, "reason", "description", Cancel));
        Assert.Equal("a2", await waiting);
    }

    [Fact]
    public async Task An_abandoned_message_of_a_session_is_delivered_again_before_the_next()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        Assert.True(await Receiver.AbandonAsync(await ReceiveAsync(Sessions), Cancel));
        await CompleteNextAsync(Sessions, "a1");
        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task A_message_of_a_session_whose_lock_expired_is_delivered_again_before_the_next()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "a2", "a");
        await ReceiveAsync(Sessions);
        Time.Advance(Lock);
        await CompleteNextAsync(Sessions, "a1");
        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task A_message_sent_to_a_session_in_work_waits_for_its_turn()
    {
        await SendAsync(Sessions, "a1", "a");
        var first = await ReceiveAsync(Sessions);
        await SendAsync(Sessions, "a2", "a");
        await NothingElseAsync(Sessions);
        Assert.True(await Receiver.CompleteAsync(first, Cancel));
        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task A_session_that_ran_empty_starts_again()
    {
        await SendAsync(Sessions, "a1", "a");
        await CompleteNextAsync(Sessions, "a1");
        await SendAsync(Sessions, "a2", "a");
        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task The_session_of_the_oldest_message_is_served_first()
    {
        await SendAsync(Sessions, "a1", "a");
        await SendAsync(Sessions, "b1", "b");
        await SendAsync(Sessions, "a2", "a");
        await CompleteNextAsync(Sessions, "a1");
        await CompleteNextAsync(Sessions, "b1");
        await CompleteNextAsync(Sessions, "a2");
    }

    [Fact]
    public async Task A_queue_without_sessions_delivers_messages_of_one_session_in_parallel()
    {
        await SendAsync(Plain, "a1", "a");
        await SendAsync(Plain, "a2", "a");
        Assert.Equal("a1", await ReceiveIdAsync(Plain));
        Assert.Equal("a2", await ReceiveIdAsync(Plain));
    }
}
