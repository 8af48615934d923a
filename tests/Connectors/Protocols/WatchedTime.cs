using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Millwright.Connectors.Tests.Protocols;

/// <summary>A clock that stands still until the test moves it, and that tells when somebody starts to wait.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _waits = new();

    /// <summary>Completes when a timer of this length has been started.</summary>
    public Task WaitOf(TimeSpan length) => Wait(length).Task.WaitAsync(TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Wait(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Wait(TimeSpan length) => _waits.GetOrAdd(length, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
