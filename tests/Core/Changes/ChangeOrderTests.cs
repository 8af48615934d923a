using Millwright.Core.Changes;

namespace Millwright.Core.Tests.Changes;

/// <summary>Times are in seconds of one minute; -1 is for none.</summary>
public sealed class ChangeOrderTests
{
    [Theory]

    // Nothing is known.
    [InlineData(-1, -1, 10, null)]

    // A later read replaces a read, and an earlier one comes too late.
    [InlineData(10, -1, 11, null)]
    [InlineData(10, -1, 10, null)]
    [InlineData(10, -1, 9, ApplyResult.Stale)]

    // A webhook that brought the record while it was read.
    [InlineData(-1, 10, 11, null)]
    [InlineData(-1, 10, 10, null)]
    [InlineData(-1, 10, 9, ApplyResult.ReadAgain)]

    // What is known is what a read saw, which covers a webhook before it.
    [InlineData(12, 10, 11, ApplyResult.Stale)]
    [InlineData(12, 10, 9, ApplyResult.Stale)]

    // What is known came by a webhook after the read: it may be older than both reads.
    [InlineData(10, 12, 9, ApplyResult.ReadAgain)]
    [InlineData(10, 12, 11, ApplyResult.ReadAgain)]
    [InlineData(10, 12, 13, null)]
    public void A_record_that_was_read(int knownReadAt, int knownBroughtAt, int readAt, ApplyResult? expected)
    {
        var known = new RecordState { ReadAt = At(knownReadAt), BroughtAt = At(knownBroughtAt) };
        var seen = Seen(receivedAt: 0) with { ReadAt = At(readAt) };

        Assert.Equal(expected, ChangeOrder.Refusal(known, seen, known.Hash, updatedAt: null));
    }

    [Theory]

    // Nothing is known.
    [InlineData(-1, -1, -1, 10, 5, null)]
    [InlineData(-1, -1, -1, 10, -1, null)]

    // By version.
    [InlineData(5, -1, 1, 10, 6, null)]
    [InlineData(5, -1, 1, 10, 5, ApplyResult.Stale)]
    [InlineData(5, -1, 1, 10, 4, ApplyResult.Stale)]
    [InlineData(5, -1, 1, 10, -1, null)]
    [InlineData(-1, -1, 1, 10, 1, null)]

    // Received before a read.
    [InlineData(-1, 20, -1, 19, 9, ApplyResult.Stale)]
    [InlineData(-1, 20, -1, 20, 9, ApplyResult.ReadAgain)]
    [InlineData(-1, 20, -1, 19, -1, ApplyResult.Stale)]
    [InlineData(5, 20, 3, 19, 9, ApplyResult.Stale)]
    [InlineData(5, 20, 3, 21, 4, ApplyResult.Stale)]

    // Received before a read, but what that saw is no longer what is known.
    [InlineData(5, 20, 21, 19, 9, null)]
    [InlineData(5, 20, 21, 19, 4, ApplyResult.Stale)]
    [InlineData(-1, 20, 21, 19, -1, null)]
    public void A_record_that_a_webhook_brought(int knownVersion, int knownReadAt, int knownBroughtAt, int receivedAt, int version, ApplyResult? expected)
    {
        var known = new RecordState { Version = Number(knownVersion), ReadAt = At(knownReadAt), BroughtAt = At(knownBroughtAt) };
        var seen = Seen(receivedAt) with { Version = Number(version) };

        Assert.Equal(expected, ChangeOrder.Refusal(known, seen, known.Hash, updatedAt: null));
        Assert.Equal(expected is ApplyResult.Stale, ChangeOrder.IsCovered(known, seen.Version, seen.ReceivedAt));
    }

    [Theory]
    [InlineData(30, 29, -1, ApplyResult.Stale)]
    [InlineData(30, 30, -1, null)]
    [InlineData(30, 31, -1, null)]
    [InlineData(30, -1, -1, null)]
    [InlineData(-1, 29, -1, null)]

    // A version tells more than a time.
    [InlineData(30, 29, 7, null)]
    public void The_records_own_time_orders_what_has_no_version(int knownUpdatedAt, int updatedAt, int version, ApplyResult? expected)
    {
        var known = new RecordState { UpdatedAt = At(knownUpdatedAt) };

        Assert.Equal(expected, ChangeOrder.Refusal(known, Seen(receivedAt: 40) with { Version = Number(version) }, known.Hash, At(updatedAt)));
    }

    /// <summary>That a record is gone has no time of its own: what is known is the time of the content before.</summary>
    [Theory]
    [InlineData(-1, true, -1, true, ApplyResult.ReadAgain)]
    [InlineData(-1, true, -1, false, ApplyResult.ReadAgain)]
    [InlineData(7, true, -1, true, ApplyResult.ReadAgain)]
    [InlineData(7, true, -1, false, null)]

    // What tells of another deletion, from before or after, is not the read's.
    [InlineData(-1, false, -1, true, ApplyResult.ReadAgain)]
    [InlineData(7, false, -1, true, ApplyResult.ReadAgain)]
    [InlineData(7, false, -1, false, null)]

    // A later time than that of the content before may still be before its end.
    [InlineData(-1, true, 6, true, ApplyResult.ReadAgain)]
    [InlineData(-1, true, 6, false, ApplyResult.ReadAgain)]
    [InlineData(7, true, 6, true, ApplyResult.ReadAgain)]
    [InlineData(7, true, 6, false, null)]

    // Nothing before the content before is news.
    [InlineData(-1, true, 4, true, ApplyResult.Stale)]
    [InlineData(7, true, 4, true, ApplyResult.Stale)]
    public void What_a_webhook_brings_after_the_record_was_gone_is_believed_by_its_version_only(
        int version, bool brings, int updatedAt, bool read, ApplyResult? expected)
    {
        var known = new RecordState { Sequence = 2, Hash = null, UpdatedAt = At(5), ReadAt = read ? At(10) : null };
        var seen = Seen(receivedAt: 11) with { Version = Number(version), Record = brings ? "{}"u8.ToArray() : default(ReadOnlyMemory<byte>?) };

        Assert.Equal(expected, ChangeOrder.Refusal(known, seen, brings ? "new" : null, At(updatedAt)));
    }

    /// <summary>A poll, or a read for a thin webhook, saw the record; a webhook that was sent before may still be on its way.</summary>
    [Theory]
    [InlineData("same", -1, ApplyResult.ReadAgain)]
    [InlineData("same", 30, null)]
    [InlineData("other", -1, ApplyResult.ReadAgain)]
    [InlineData("other", 29, ApplyResult.Stale)]
    [InlineData("other", 30, ApplyResult.ReadAgain)]
    [InlineData("other", 31, null)]
    public void What_a_webhook_brings_after_a_read_is_not_believed_by_its_version(string hash, int updatedAt, ApplyResult? expected)
    {
        var known = new RecordState { Sequence = 2, Hash = "same", ReadAt = At(35), UpdatedAt = At(30), Version = 6 };
        var seen = Seen(receivedAt: 40) with { Version = 7, Record = "{}"u8.ToArray() };

        Assert.Equal(expected, ChangeOrder.Refusal(known, seen, hash, At(updatedAt)));
        Assert.Null(ChangeOrder.Refusal(known with { BroughtAt = At(36) }, seen, hash, At(updatedAt)));
    }

    private static DateTimeOffset? At(int second) => second < 0 ? null : new DateTimeOffset(2026, 11, 24, 12, 0, second, TimeSpan.Zero);

    private static long? Number(int number) => number < 0 ? null : number;

    private static Observation Seen(int receivedAt) =>
        new("app", "connection", "fake", "purchase-orders", "1", null) { ReceivedAt = At(receivedAt)!.Value, Cause = "cause", Source = "webhook", RequestId = "req" };
}
