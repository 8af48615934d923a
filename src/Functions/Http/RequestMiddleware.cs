using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;
using Millwright.Core.Identity;

namespace Millwright.Functions.Http;

/// <summary>
/// Gives every HTTP request its id and turns every failure into the structured error, because an exception that escapes a function is
/// a 500 with an empty body.
/// </summary>
internal sealed class RequestMiddleware(Ids ids, ILogger<RequestMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        var requestId = RequestId.Assign(http, ids);
        using var scope = logger.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["RequestId"] = requestId });
        try
        {
            RequestHost.Check(http.Request);
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogInformation("{Function} was given up by its caller", context.FunctionDefinition.Name);
        }
        catch (Exception e)
        {
            var error = Failure.Of(e);
            Log(error, context.FunctionDefinition.Name);
            await ErrorResponse.WriteAsync(http, error);
        }
    }

    private void Log(ApiException error, string function)
    {
        var level = error.Code.Owner switch
        {
            ErrorOwner.Millwright => LogLevel.Error,
            ErrorOwner.System or ErrorOwner.Credential => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        logger.Log(
            level,
            level == LogLevel.Information ? null : error.InnerException,
            "{Function} answered {Code}: {Message}",
            function,
            error.Code.Name,
            error.Message);
    }
}
