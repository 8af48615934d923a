using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Millwright.LocalHost.Tests.Hosting;

/// <summary>A clock that the test moves, and that tells when somebody waits on it.</summary>
internal sealed class SignallingTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Assert.True(_waits.Writer.TryWrite(dueTime));
        return timer;
    }

    /// <summary>Returns when somebody waits for this long; waits seen before that are forgotten.</summary>
    public async Task WaitedForAsync(TimeSpan due)
    {
        while (await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken) != due)
        {
        }
    }

    /// <summary>Returns the next wait.</summary>
    public async Task<TimeSpan> NextWaitAsync() => await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
