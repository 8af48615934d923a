using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>The host that the caller names, which goes into links.</summary>
internal static class RequestHost
{
    private const string Header = "Host";

    /// <summary>Checks that it can stand in a link; servers let more through. A request of HTTP/1.0 may have none.</summary>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>.</exception>
    public static void Check(HttpRequest request)
    {
        try
        {
            if (request.Host.HasValue)
            {
                _ = new Uri($"{request.Scheme}://{request.Host.ToUriComponent()}");
            }
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new ApiException(ErrorCode.InvalidRequest, "The Host header is not a host's name.", e)
            {
                Details = [new ErrorDetail(Header, "A host's name or address, and a port if need be.")],
            };
        }
    }
}
