using System.Net;
using System.Net.Sockets;

namespace Millwright.Core.Outbound;

/// <summary>Which addresses belong to the public internet, so that a caller's URL cannot reach into our own network.</summary>
/// <remarks>
/// Of IPv4 everything counts but what IANA's special-purpose registry takes out, and Azure's platform address. Of IPv6 only 2000::/3 counts,
/// less what the registry takes out of it. An IPv4 address that is wrapped in an IPv6 one (mapped, NAT64, 6to4) counts as itself.
/// </remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // Looks public, but is the host of every Azure virtual machine, which gives away certificates and configuration.
            "168.63.129.16/32",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    // Protocol assignments (Teredo and ORCHID among them), and documentation.
    private static readonly IPNetwork[] SpecialV6 = [.. ((string[])["2001::/23", "2001:db8::/32", "3fff::/20"]).Select(IPNetwork.Parse)];

    /// <summary>Whether the address is a public one.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !SpecialV4.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
        {
            return Is(new IPAddress(bytes.AsSpan(12)));
        }

        return SixToFour.Contains(address)
            ? Is(new IPAddress(bytes.AsSpan(2, 4)))
            : GlobalV6.Contains(address) && !SpecialV6.Any(network => network.Contains(address));
    }
}
