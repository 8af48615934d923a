using System.Globalization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Retries after the same wait each time.</summary>
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    private readonly TimeSpan _delay;

    /// <param name="maxRetryCount">How often at most; -1 for without end.</param>
    /// <param name="delayInterval">The wait as a time span, such as <c>00:00:10</c>.</param>
    /// <exception cref="FormatException">The wait is not a time span.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The wait is negative.</exception>
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval)
        : base(maxRetryCount)
    {
        _delay = TimeSpan.Parse(delayInterval, CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException.ThrowIfLessThan(_delay, TimeSpan.Zero, nameof(delayInterval));
    }

    internal override TimeSpan DelayBefore(int retry) => _delay;
}
