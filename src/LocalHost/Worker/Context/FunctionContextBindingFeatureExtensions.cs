using Millwright.LocalHost.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The result of a call.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned, to read or replace.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new LocalInvocationResult((LocalFunctionContext)context);
}
