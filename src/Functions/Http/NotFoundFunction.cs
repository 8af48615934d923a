using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Answers what no other function does, so that a wrong path or verb gets the structured error too.</summary>
internal sealed class NotFoundFunction(RouteTable routes)
{
    /// <summary>Any verb on any other path.</summary>
    [Function("NotFound")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        var verbs = routes.VerbsAt(request.Path);
        throw verbs.Count == 0
            ? new ApiException(ErrorCode.RouteNotFound, $"Nothing answers {request.Path}. The reference is at /docs.")
            : new ApiException(ErrorCode.RouteNotFound, $"{request.Path} does not answer {request.Method}. It answers {string.Join(", ", verbs)}.");
    }
}
