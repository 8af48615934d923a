using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Http;

public sealed class HttpFunctions(Probe probe) : IDisposable
{
    [Function("named")]
    public static IResult Named([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Text("named");

    [Function("x")]
    public static IResult OnlyGet([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/x")] HttpRequest request) => Results.Text("x");

    [Function("post-y")]
    public static IResult PostY([HttpTrigger(AuthorizationLevel.Anonymous, "POST", Route = "api/y")] HttpRequest request) => Results.Text("post");

    [Function("get-y")]
    public static IResult GetY([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/y")] HttpRequest request) => Results.Text("get");

    [Function("route")]
    public static IResult Route(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:int}/{name?}")] HttpRequest request, int id, string? name) =>
        Results.Text($"{id} {name ?? "none"}");

    [Function("typed")]
    public static IResult Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{key}/{count?}")] HttpRequest request, Guid key, int? count, FunctionContext context) =>
        Results.Text($"{key:N} {count?.ToString() ?? "none"} {context.BindingContext.BindingData["key"] is string}");

    [Function("action")]
    public static async Task<IActionResult> Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        return new ObjectResult(new { Answer = 42 }) { StatusCode = 202 };
    }

    [Function("value-task")]
    public static async ValueTask<IResult> OfValueTask([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        return Results.StatusCode(204);
    }

    [Function("direct")]
    public static Task Direct([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        request.HttpContext.Response.WriteAsync("direct");

    [Function("void")]
    public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        request.HttpContext.Response.StatusCode = 204;

    [Function("scheme")]
    public static IResult Scheme([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.Text($"{request.Scheme}://{request.Host}");

    [Function("throws")]
    public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("A secret reason.");

    [Function("throws-late")]
    public static async Task<IResult> ThrowsLate([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Left"] = "over";
        await Task.Yield();
        throw new InvalidOperationException("A secret reason.");
    }

    [Function("no-response")]
    public static string NoResponse([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => "not a response";

    [Function("body")]
    public static async Task<IResult> Body([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken token)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, token);
        return Results.Text(body.Length.ToString());
    }

    [Function("instance")]
    public IResult Instance([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        probe.Tell("called");
        return Results.Ok();
    }

    [Function("slow")]
    public async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken token)
    {
        probe.Tell("slow started");
        try
        {
            await probe.PassGateAsync(token);
            return Results.Text("slow done");
        }
        catch (OperationCanceledException)
        {
            probe.Tell("slow cancelled");
            throw;
        }
    }

    public void Dispose() => probe.Tell("disposed");
}
