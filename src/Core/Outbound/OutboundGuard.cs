using System.Net;
using System.Net.Sockets;

namespace Millwright.Core.Outbound;

/// <summary>
/// Keeps callers' URLs out of the network that Millwright runs in. A URL is checked when it is given, so that its owner is told, and the
/// address is checked again when it is connected to, since a name may lead elsewhere by then.
/// </summary>
/// <param name="allowPrivate">Whether private addresses and plain http are fine: on a laptop, or where the operator says so.</param>
/// <param name="resolve">Looks names up.</param>
public sealed class OutboundGuard(bool allowPrivate, ResolveHost resolve)
{
    /// <summary>Characters of a URL.</summary>
    public const int MaxLength = 2048;

    private const string NotPublic = "Must be a public address: not localhost, a private or a reserved one.";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>What is wrong with the URL itself, for its owner; null if nothing is. Asks nobody.</summary>
    public string? ProblemOf(string url)
    {
        // What parsers read differently has no place here: a backslash, a space, or letters and digits that some take for others.
        if (url.Length is 0 or > MaxLength || url.Any(c => c is <= ' ' or > '~' or '\\' or '#')
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return $"A full web address of at most {MaxLength} characters in ASCII, without spaces, backslashes or a fragment; an international name in its xn-- form.";
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(allowPrivate && uri.Scheme == Uri.UriSchemeHttp))
        {
            return allowPrivate ? "Must start with https:// or http://." : "Must start with https://.";
        }

        if (uri.UserInfo.Length > 0 || AuthorityOf(url).Contains('@', StringComparison.Ordinal))
        {
            return "Must not hold a user or password. Put a secret into the path or query, or check the signature.";
        }

        var host = HostOf(uri.IdnHost);
        return allowPrivate || (IPAddress.TryParse(host, out var address) ? PublicAddress.Is(address) : !IsLocalName(host)) ? null : NotPublic;
    }

    /// <summary>What is wrong with the URL or with where its name leads now; null if nothing is.</summary>
    /// <remarks>A name that leads nowhere passes: it may not have been set up yet, and nothing can be reached through it.</remarks>
    public async Task<string?> ProblemOfAsync(string url, CancellationToken cancellationToken)
    {
        var problem = ProblemOf(url);
        if (problem is not null || allowPrivate)
        {
            return problem;
        }

        try
        {
            var addresses = await AddressesAsync(HostOf(new Uri(url).IdnHost), cancellationToken);
            return addresses.All(PublicAddress.Is) ? null : NotPublic;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>A handler that connects only to addresses that pass. It follows no redirect, keeps no cookies and uses no proxy.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // A proxy would connect on our behalf, to addresses that nobody has checked.
        UseProxy = false,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxResponseDrainSize = 64 * 1024,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    private static string AuthorityOf(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = url.AsSpan(start).IndexOfAny('/', '?');
        return end < 0 ? url[start..] : url.Substring(start, end);
    }

    // The dot of a fully qualified name says nothing about where it leads.
    private static string HostOf(string host) => host.TrimEnd('.');

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var found = await AddressesAsync(HostOf(target.Host), cancellationToken);
        var addresses = allowPrivate ? found : [.. found.Where(PublicAddress.Is)];
        if (addresses.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address) ? Task.FromResult<IPAddress[]>([address]) : resolve(host, cancellationToken);
}
