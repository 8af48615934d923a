namespace Microsoft.Azure.Functions.Worker;

/// <summary>A failed call is made again. Legal on timers; Service Bus redelivers by its own delivery count.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    private protected RetryAttribute(int maxRetryCount) => MaxRetryCount = maxRetryCount;

    /// <summary>How often at most; -1 for without end.</summary>
    public int MaxRetryCount { get; set; }

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">0 before the first retry.</param>
    internal abstract TimeSpan DelayBefore(int retry);
}
