using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.LocalHost.Tests.Http;

public static class CatchAllFunctions
{
    [Function("rest")]
    public static IResult Rest([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) =>
        Results.Text($"rest {request.Method} {path}");
}
