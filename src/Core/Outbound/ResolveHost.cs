using System.Net;

namespace Millwright.Core.Outbound;

/// <summary>Looks up the addresses of a host's name. A parameter, so that a test can say where a name leads.</summary>
/// <exception cref="System.Net.Sockets.SocketException">The name leads nowhere, or nobody could be asked.</exception>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
