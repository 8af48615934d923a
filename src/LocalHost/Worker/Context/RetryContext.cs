namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which try of a call this is, by the function's retry attribute.</summary>
public abstract class RetryContext
{
    /// <summary>0 on the first try.</summary>
    public abstract int RetryCount { get; }

    /// <summary>How many retries there are at most; 0 without a retry attribute, -1 for without end.</summary>
    public abstract int MaxRetryCount { get; }
}
