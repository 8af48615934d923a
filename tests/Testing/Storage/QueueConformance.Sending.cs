using System.Text;
using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

public abstract partial class QueueConformance
{
    [Fact]
    public async Task A_scheduled_message_is_not_delivered_before_it_is_due()
    {
        await SendAsync(Plain, "later", scheduledAt: Time.GetUtcNow().AddMinutes(5));
        Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await NothingElseAsync(Plain);
    }

    [Fact]
    public async Task A_waiting_receiver_is_woken_when_a_scheduled_message_is_due()
    {
        var due = Time.GetUtcNow().AddMinutes(5);
        await SendAsync(Plain, "later", scheduledAt: due);
        var waiting = ReceiveAsync(Plain);
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(("later", due), ((await waiting).Message.MessageId, (await waiting).EnqueuedAt));
    }

    [Fact]
    public async Task A_receiver_that_waited_before_a_message_was_scheduled_is_woken_when_it_is_due()
    {
        var waiting = ReceiveIdAsync(Plain);
        await SendAsync(Plain, "later", scheduledAt: Time.GetUtcNow().AddDays(60));
        Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal("later", await waiting);
    }

    [Fact]
    public async Task Scheduled_messages_are_delivered_in_the_order_they_became_due()
    {
        await SendAsync(Plain, "second", scheduledAt: Time.GetUtcNow().AddMinutes(2));
        await SendAsync(Plain, "first", scheduledAt: Time.GetUtcNow().AddMinutes(1));
        Time.Advance(TimeSpan.FromMinutes(3));
        await CompleteNextAsync(Plain, "first");
        await CompleteNextAsync(Plain, "second");
    }

    [Fact]
    public async Task A_message_scheduled_for_the_past_is_delivered_at_once()
    {
        await SendAsync(Plain, "a", scheduledAt: Time.GetUtcNow().AddHours(-1));
        Assert.Equal("a", await ReceiveIdAsync(Plain));
    }

    [Fact]
    public async Task A_scheduled_message_takes_its_place_in_the_session_when_it_is_due()
    {
        await SendAsync(Sessions, "later", "a", Time.GetUtcNow().AddMinutes(1));
        await SendAsync(Sessions, "now", "a");
        await CompleteNextAsync(Sessions, "now");
        Time.Advance(TimeSpan.FromMinutes(1));
        await CompleteNextAsync(Sessions, "later");
    }

    [Fact]
    public async Task A_duplicate_within_the_window_is_dropped()
    {
        await SendAsync(Distinct, "a");
        Time.Advance(Window - TimeSpan.FromSeconds(1));
        await SendAsync(Distinct, "a");
        await CompleteNextAsync(Distinct, "a");
        await NothingElseAsync(Distinct);
    }

    [Fact]
    public async Task A_duplicate_of_a_completed_message_is_dropped()
    {
        await SendAsync(Distinct, "a");
        await CompleteNextAsync(Distinct, "a");
        await SendAsync(Distinct, "a");
        await NothingElseAsync(Distinct);
    }

    [Fact]
    public async Task A_duplicate_of_a_scheduled_message_is_dropped()
    {
        await SendAsync(Distinct, "a", scheduledAt: Time.GetUtcNow().AddMinutes(1));
        await SendAsync(Distinct, "a");
        await NothingElseAsync(Distinct);
    }

    [Fact]
    public async Task The_same_id_is_taken_again_after_the_window()
    {
        await SendAsync(Distinct, "a");
        await CompleteNextAsync(Distinct, "a");
        Time.Advance(Window);
        await SendAsync(Distinct, "a");
        await CompleteNextAsync(Distinct, "a");
    }

    [Fact]
    public async Task Of_many_sends_of_one_id_at_once_one_is_delivered()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync(Distinct, "a")));
        await CompleteNextAsync(Distinct, "a");
        await NothingElseAsync(Distinct);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_only_are_no_duplicates()
    {
        await SendAsync(Distinct, "id");
        await SendAsync(Distinct, "ID");
        await CompleteNextAsync(Distinct, "id");
        await CompleteNextAsync(Distinct, "ID");
    }

    [Fact]
    public async Task A_queue_without_a_window_takes_the_same_id_twice()
    {
        await SendAsync(Plain, "a");
        await SendAsync(Plain, "a");
        await CompleteNextAsync(Plain, "a");
        await CompleteNextAsync(Plain, "a");
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("Plain")]
    [InlineData("plain/$DeadLetterQueue")]
    public async Task Sending_to_an_unknown_queue_is_refused(string queue) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => SendAsync(queue, "a"));

    [Theory]
    [InlineData("unknown")]
    [InlineData("unknown/$DeadLetterQueue")]
    public async Task Receiving_from_an_unknown_queue_is_refused(string queue) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ReceiveAsync(queue));

    [Fact]
    public async Task A_message_of_the_full_size_is_delivered()
    {
        var message = MessageOf(QueueLimits.MessageBytes);
        await Sender.SendAsync(Plain, message, Cancel);
        Assert.Equal(message.Body, (await ReceiveAsync(Plain)).Message.Body);
    }

    [Fact]
    public Task A_message_over_the_size_is_refused() => IsRefusedAsync(MessageOf(QueueLimits.MessageBytes + 1));

    [Fact]
    public Task Headers_count_towards_the_size() => IsRefusedAsync(MessageOf(QueueLimits.MessageBytes) with { Properties = PropertiesOf(100) });

    [Fact]
    public Task Headers_over_their_own_size_are_refused() =>
        IsRefusedAsync(new QueueMessage("a", "") { Properties = PropertiesOf(QueueLimits.HeaderBytes) });

    [Theory]
    [InlineData(0)]
    [InlineData(QueueLimits.IdLength + 1)]
    public Task A_message_id_outside_the_bounds_is_refused(int length) => IsRefusedAsync(new QueueMessage(new string('i', length), ""));

    [Theory]
    [InlineData(0)]
    [InlineData(QueueLimits.IdLength + 1)]
    public Task A_session_id_outside_the_bounds_is_refused(int length) =>
        IsRefusedAsync(new QueueMessage("a", "") { SessionId = new string('s', length) });

    [Fact]
    public async Task Ids_of_the_full_length_are_delivered()
    {
        var id = new string('i', QueueLimits.IdLength);
        await SendAsync(Sessions, id, id);
        Assert.Equal(id, await ReceiveIdAsync(Sessions));
    }

    private async Task IsRefusedAsync(QueueMessage message)
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Sender.SendAsync(Plain, message, Cancel));
        await NothingElseAsync(Plain);
    }

    /// <summary>A message that counts as this many bytes, of which 512 are its headers.</summary>
    private static QueueMessage MessageOf(int bytes)
    {
        const string TwoBytes = "é";
        var body = TwoBytes + new string('x', bytes - 512 - Encoding.UTF8.GetByteCount(TwoBytes));
        return new QueueMessage("a", body);
    }

    private static Dictionary<string, string> PropertiesOf(int bytes) => new(StringComparer.Ordinal) { ["p"] = new string('v', bytes) };
}
