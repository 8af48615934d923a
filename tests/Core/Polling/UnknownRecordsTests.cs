using Millwright.Core.Polling;

namespace Millwright.Core.Tests.Polling;

public sealed class UnknownRecordsTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, -1, true)]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, false)]
    [InlineData(false, null, true)]
    [InlineData(true, -1, false)]
    [InlineData(true, null, false)]
    public void What_is_old_is_only_noted(bool tells, int? updated, bool old) =>
        Assert.Equal(old, new UnknownRecords(tells, AllAreNew: false, From).IsOld(Record(null, updated)));

    [Fact]
    public void Without_a_time_to_go_by_everything_is_old() =>
        Assert.True(new UnknownRecords(Tells: false, AllAreNew: false, From: null).IsOld(Record(1, 1)));

    [Theory]
    [InlineData(false, -1, false)]
    [InlineData(false, 0, true)]
    [InlineData(false, null, false)]
    [InlineData(true, -1, true)]
    [InlineData(true, null, true)]
    public void What_was_made_since_is_new(bool allAreNew, int? created, bool isNew) =>
        Assert.Equal(isNew, new UnknownRecords(Tells: true, allAreNew, From).IsNew(Record(created, 1)));

    private static ScannedRecord Record(int? created, int? updated) => new("PO-1", default, At(created), At(updated));

    private static DateTimeOffset? At(int? minutes) => minutes is { } some ? From.AddMinutes(some) : null;
}
