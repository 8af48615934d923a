using Microsoft.Extensions.DependencyInjection;
using Millwright.LocalHost.Configuration;

namespace Millwright.LocalHost.Invocation;

/// <summary>Calls functions that no HTTP request calls, each in a scope of its own.</summary>
internal sealed class FunctionRunner(IServiceScopeFactory scopes, InvocationPipeline pipeline, HostSettings settings, TimeProvider time)
{
    /// <exception cref="TimeoutException">The call took longer than <c>functionTimeout</c> and heeded its cancellation.</exception>
    public async Task RunAsync(LocalFunction function, TriggerEvent trigger, LocalRetryContext retry, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.FunctionTimeout ?? Timeout.InfiniteTimeSpan, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await pipeline.RunAsync(new LocalFunctionContext(function, trigger, retry, scope.ServiceProvider, linked.Token));
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"Function '{function.Name}' took longer than the functionTimeout of {settings.FunctionTimeout}.", e);
        }
    }
}
