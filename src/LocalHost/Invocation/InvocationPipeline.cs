using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Millwright.LocalHost.Invocation;

/// <summary>The middleware around every call, with the function at its end.</summary>
internal sealed class InvocationPipeline
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private FunctionExecutionDelegate? _run;

    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => _middleware.Add(middleware);

    /// <summary>Runs a call. The function's exceptions pass through the middleware and come out here.</summary>
    public Task RunAsync(LocalFunctionContext context) => (_run ??= Build())(context);

    private FunctionExecutionDelegate Build() =>
        Enumerable.Reverse(_middleware).Aggregate((FunctionExecutionDelegate)CallFunction, (next, middleware) => middleware(next));

    private static async Task CallFunction(FunctionContext context)
    {
        var call = (LocalFunctionContext)context;
        call.Result = await call.Function.Invoker.InvokeAsync(call);
    }
}
