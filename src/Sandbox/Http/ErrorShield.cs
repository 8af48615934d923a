using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Millwright.Sandbox.Http;

/// <summary>Gives every failure the one error shape.</summary>
internal sealed class ErrorShield(RequestDelegate next, ILogger<ErrorShield> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted)
            {
                await UnroutedAsync(context);
            }
        }
        catch (RefusalException refusal)
        {
            await SendAsync(context, refusal);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await SendAsync(context, new RefusalException(413, "too_large", "The body is larger than 1 MiB."));
        }
        catch (OperationCanceledException)
        {
            // The client has gone or the server stops: there is nobody to answer, and closing is all that is left.
            context.Abort();
        }
        catch (Exception exception) when (exception is not BadHttpRequestException)
        {
            logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await SendAsync(context, new RefusalException(500, "internal_error", "Something went wrong."));
        }
    }

    private static Task UnroutedAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => SendAsync(context, RefusalException.NotFound($"There is nothing at {context.Request.Path}.")),
        StatusCodes.Status405MethodNotAllowed => SendAsync(
            context, new RefusalException(405, "method_not_allowed", $"{context.Request.Method} is not possible here.")),
        _ => Task.CompletedTask,
    };

    private static Task SendAsync(HttpContext context, RefusalException refusal)
    {
        if (refusal.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Body is { } body)
        {
            return Answer.Of(body, refusal.Status).SendAsync(context.Response);
        }

        var error = refusal.Details.DeepClone().AsObject();
        error.Insert(0, "code", refusal.Code);
        error.Insert(1, "message", refusal.Message);
        return Answer.Of(new JsonObject { ["error"] = error }, refusal.Status).SendAsync(context.Response);
    }
}
