namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the function returned.</summary>
public abstract class InvocationResult
{
    /// <summary>The value; middleware may put another in its place, such as an <c>IResult</c> for an HTTP function that failed.</summary>
    public abstract object? Value { get; set; }
}
