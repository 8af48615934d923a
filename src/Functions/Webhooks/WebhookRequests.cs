using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Millwright.Core.Webhooks;

namespace Millwright.Functions.Webhooks;

/// <summary>From an HTTP request to a webhook.</summary>
internal static class WebhookRequests
{
    private static readonly HostString NoHost = new("localhost");

    public static WebhookRequest Of(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var host = request.Host.HasValue ? request.Host : NoHost;
        var uri = new Uri(UriHelper.BuildAbsolute(request.Scheme, host, request.PathBase, request.Path, request.QueryString));
        return new WebhookRequest(uri, request.Headers.ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value.OfType<string>()], StringComparer.OrdinalIgnoreCase), body);
    }
}
