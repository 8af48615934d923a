using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>Makes endpoints of HTTP functions.</summary>
internal sealed class HttpEndpoints(InvocationPipeline pipeline, ILoggerFactory loggers)
{
    public void Map(IEndpointRouteBuilder routes, IEnumerable<LocalFunction> functions)
    {
        foreach (var function in functions)
        {
            if (function.Trigger is HttpRouteTrigger trigger)
            {
                routes.Map(trigger.Pattern, Handler(function))
                    .WithDisplayName(function.Name)
                    .WithMetadata(new VerbMetadata(trigger.Verbs));
            }
        }
    }

    private RequestDelegate Handler(LocalFunction function)
    {
        var logger = loggers.CreateLogger(function.LogCategory);
        return async http =>
        {
            try
            {
                await pipeline.RunAsync(new LocalFunctionContext(
                    function, new HttpEvent(http), LocalRetryContext.None, http.RequestServices, http.RequestAborted));
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                logger.LogDebug("The client is gone before {Method} {Path} was answered.", http.Request.Method, http.Request.Path);
            }
            catch (Exception e)
            {
                // Whatever a function lets out is the same to its caller as it is in Azure: 500 and nothing else.
                logger.LogError(e, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
                Fail(http);
            }
        };
    }

    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
