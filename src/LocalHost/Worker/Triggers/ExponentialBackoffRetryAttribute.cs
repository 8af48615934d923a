using System.Globalization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Retries after a wait that doubles each time.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    private readonly TimeSpan _minimum;
    private readonly TimeSpan _maximum;

    /// <param name="maxRetryCount">How often at most; -1 for without end.</param>
    /// <param name="minimumInterval">The first wait as a time span, such as <c>00:00:05</c>.</param>
    /// <param name="maximumInterval">The longest wait as a time span.</param>
    /// <exception cref="FormatException">A wait is not a time span.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A wait is negative, or the first is longer than the longest.</exception>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
        : base(maxRetryCount)
    {
        _minimum = TimeSpan.Parse(minimumInterval, CultureInfo.InvariantCulture);
        _maximum = TimeSpan.Parse(maximumInterval, CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException.ThrowIfLessThan(_minimum, TimeSpan.Zero, nameof(minimumInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_minimum, _maximum, nameof(minimumInterval));
    }

    internal override TimeSpan DelayBefore(int retry) =>
        TimeSpan.FromTicks((long)Math.Min(_maximum.Ticks, _minimum.Ticks * Math.Pow(2, retry)));
}
