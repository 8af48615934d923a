using System.Net;
using System.Net.Sockets;

namespace Millwright.Testing.App;

/// <summary>Ports that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>A loopback port that was free just now.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
