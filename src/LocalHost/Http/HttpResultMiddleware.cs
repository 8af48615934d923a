using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>Gives the middleware inside of it the <see cref="HttpContext"/>, and afterwards writes the function's result to the response.</summary>
internal sealed class HttpResultMiddleware : IFunctionsWorkerMiddleware
{
    /// <summary>The item that holds the <see cref="HttpContext"/>.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var call = (LocalFunctionContext)context;
        if (call.Trigger is not HttpEvent { Http: var http })
        {
            await next(context);
            return;
        }

        context.Items[HttpContextKey] = http;
        await next(context);
        await (call.Result switch
        {
            IResult result => result.ExecuteAsync(http),
            IActionResult result => result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
            null => Task.CompletedTask,
            var other => Ignore(call, other),
        });
    }

    private static Task Ignore(LocalFunctionContext call, object result)
    {
        call.GetLogger(call.Function.LogCategory).LogWarning(
            "The function returned a {Type}, which is no response; return an IResult or IActionResult.", result.GetType().Name);
        return Task.CompletedTask;
    }
}
