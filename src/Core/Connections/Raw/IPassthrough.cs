namespace Millwright.Core.Connections.Raw;

/// <summary>A connected system whose own API can be called with the connection's credentials.</summary>
public interface IPassthrough
{
    /// <summary>Sends a request as it is, to the connection's host only, and gives the answer as it is, whatever its status.</summary>
    /// <exception cref="Errors.ApiException">
    /// <c>INVALID_REQUEST</c>: the path leads elsewhere or the request cannot be sent so. Otherwise what kept the system from answering.
    /// </exception>
    Task<PassthroughResponse> SendAsync(PassthroughRequest request, CancellationToken cancellationToken);
}
