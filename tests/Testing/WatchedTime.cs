using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Millwright.Testing;

/// <summary>A clock that stands still until the test moves it, and that tells when somebody starts to wait.</summary>
public sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<TimeSpan, int> _timers = new();
    private readonly ConcurrentDictionary<(TimeSpan Length, int Number), TaskCompletionSource> _waits = new();

    /// <summary>Completes when so many timers of this length have been started.</summary>
    public Task WaitOf(TimeSpan length, int times = 1) => Wait(length, times).Task.WaitAsync(TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Wait(dueTime, _timers.AddOrUpdate(dueTime, 1, (_, count) => count + 1)).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Wait(TimeSpan length, int number) =>
        _waits.GetOrAdd((length, number), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
