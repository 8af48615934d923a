using Microsoft.AspNetCore.Http;
using Millwright.LocalHost.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The HTTP side of a call.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The request and its response; null where HTTP did not trigger the function.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpResultMiddleware.HttpContextKey, out var item) ? item as HttpContext : null;
}
