namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Runs around every call of every function. One instance serves all calls.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Does its part and calls <paramref name="next"/>, or not.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
