namespace Millwright.Embedded.Queues;

/// <summary>
/// Wakes one waiting receiver at a time, at once or at a given time. A wake-up that finds nobody waiting is kept for the next one who waits.
/// Who was woken and leaves messages behind, or fails, wakes the next.
/// </summary>
internal sealed class WakeUp : IDisposable
{
    // A timer counts only while the machine runs and knows nothing of a clock that is set, so it looks again after this long.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public WakeUp(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Now()
    {
        lock (_gate)
        {
            if (_semaphore.CurrentCount == 0)
            {
                _semaphore.Release();
            }
        }
    }

    /// <summary>Wakes at this time or somewhat earlier; an earlier time that was asked for before stays.</summary>
    public void At(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (due >= _armedFor)
            {
                return;
            }

            _armedFor = due;
            var sleep = TimeSpan.FromMilliseconds(Math.Ceiling((due - _time.GetUtcNow()).TotalMilliseconds));
            _timer.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep > LongestSleep ? LongestSleep : sleep, Timeout.InfiniteTimeSpan);
        }

        // The time may have come while the timer was being set.
        if (_time.GetUtcNow() >= due)
        {
            Ring();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _semaphore.WaitAsync(cancellationToken);

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        lock (_gate)
        {
            _armedFor = DateTimeOffset.MaxValue;
        }

        Now();
    }
}
