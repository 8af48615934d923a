namespace Millwright.Bench.Webhooks.Load;

/// <summary>What one connection has seen.</summary>
internal sealed class LoadTally
{
    /// <summary>Milliseconds of each webhook that was answered with 200.</summary>
    public List<double> Times { get; } = [];

    /// <summary>Milliseconds between when a webhook was due and when it was sent; empty in a closed loop.</summary>
    public List<double> Delays { get; } = [];

    /// <summary>How often each other status came; 0 is a broken connection.</summary>
    public SortedDictionary<int, int> Failures { get; } = [];

    public void AddDelay(TimeSpan delay) => Delays.Add(delay.TotalMilliseconds);

    public void Add(int status, TimeSpan time)
    {
        if (status == 200)
        {
            Times.Add(time.TotalMilliseconds);
        }
        else
        {
            Failures[status] = Failures.GetValueOrDefault(status) + 1;
        }
    }
}
