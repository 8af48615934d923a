using System.Net;
using System.Net.Sockets;
using Millwright.Core.Outbound;

namespace Millwright.Core.Tests.Outbound;

public sealed class OutboundGuardTests
{
    private static readonly OutboundGuard Guard = new(allowPrivate: false, Resolve);

    [Theory]
    [InlineData("https://93.184.215.14/hook")]
    [InlineData("https://example.test:8443/hook?key=1")]
    [InlineData("https://EXAMPLE.test./hook")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://[64:ff9b::5db8:d70e]/")]
    [InlineData("https://[2002:5db8:d70e::1]/")]
    [InlineData("https://[::ffff:93.184.215.14]/")]
    [InlineData("https://0x5d.184.55054/")]
    [InlineData("https://xn--bcher-kva.test/")]
    [InlineData("https://nowhere.test/")]
    public async Task A_public_address_passes(string url) => Assert.Null(await Guard.ProblemOfAsync(url, TestContext.Current.CancellationToken));

    [Theory]

    // No full web addresses, or ones that parsers read differently.
    [InlineData("")]
    [InlineData("example.test/hook")]
    [InlineData("/hook")]
    [InlineData("https://")]
    [InlineData("https:///hook")]
    [InlineData("https://example.test/a b")]
    [InlineData(" https://example.test/")]
    [InlineData("https://example.test/\r\nX-Injected: 1")]
    [InlineData("https://example.test\\@127.0.0.1/")]
    [InlineData("https://example.test/#fragment")]
    [InlineData("https://[::1/")]
    [InlineData("https://x!..y/")]
    [InlineData("https://bücher.test/")]
    [InlineData("https://example.test:99999/")]

    // Other schemes.
    [InlineData("http://example.test/")]
    [InlineData("ftp://example.test/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.test/")]
    [InlineData("javascript:alert(1)")]

    // A user in front of the host.
    [InlineData("https://user@example.test/")]
    [InlineData("https://user:password@example.test/")]
    [InlineData("https://@example.test/")]
    [InlineData("https://example.test@127.0.0.1/")]
    [InlineData("https://127.0.0.1@example.test/")]

    // This machine, in every spelling.
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://127.255.255.254/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7F.0.0.0x1/")]
    [InlineData("https://１２７.０.０.１/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://0/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b::127.0.0.1]/")]
    [InlineData("https://[2002:7f00:1::]/")]

    // Private and shared networks.
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://3232235777/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12:3456::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://[64:ff9b:1::1]/")]
    [InlineData("https://[2002:c0a8:101::1]/")]

    // Link-local and the metadata services of clouds.
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://168.63.129.16/")]

    // Multicast, broadcast and reserved.
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://240.0.0.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://192.0.0.8/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://198.51.100.1/")]
    [InlineData("https://203.0.113.1/")]
    [InlineData("https://192.88.99.1/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[2001::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[3fff::1]/")]
    [InlineData("https://[100::1]/")]

    // Names that lead there.
    [InlineData("https://loopback.test/")]
    [InlineData("https://loopback.test./")]
    [InlineData("https://mapped.test/")]
    [InlineData("https://mixed.test/")]
    public async Task Everything_else_is_refused(string url) => Assert.NotNull(await Guard.ProblemOfAsync(url, TestContext.Current.CancellationToken));

    [Fact]
    public void A_URL_that_is_too_long_is_refused() => Assert.NotNull(Guard.ProblemOf("https://example.test/" + new string('a', OutboundGuard.MaxLength)));

    [Theory]
    [InlineData("http://localhost:3000/hook", true)]
    [InlineData("http://10.0.0.1/", true)]
    [InlineData("https://loopback.test/", true)]
    [InlineData("http://user:password@localhost/", false)]
    [InlineData("ftp://localhost/", false)]
    public async Task An_operator_can_allow_private_addresses_and_nothing_more(string url, bool passes) =>
        Assert.Equal(passes, await new OutboundGuard(allowPrivate: true, Resolve).ProblemOfAsync(url, TestContext.Current.CancellationToken) is null);

    /// <summary>The check that counts: when it was given, the name may have led elsewhere.</summary>
    [Theory]
    [InlineData("loopback.test")]
    [InlineData("mapped.test")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task No_connection_is_made_to_an_address_that_is_not_public(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient(Guard.CreateHandler());

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TestContext.Current.CancellationToken));

        Assert.IsType<AddressRefusedException>(failure.InnerException);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Where_it_is_allowed_the_address_that_was_looked_up_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient(new OutboundGuard(allowPrivate: true, Resolve).CreateHandler());
        using var given = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var get = http.GetAsync(new Uri($"http://loopback.test:{((IPEndPoint)listener.LocalEndpoint).Port}/"), given.Token);
        using var connected = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.True(connected.Connected);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
    }

    private static Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) => host.ToLowerInvariant() switch
    {
        "example.test" or "xn--bcher-kva.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("2606:4700:4700::1111")]),
        "loopback.test" => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        "mapped.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("::ffff:10.1.2.3")]),
        "mixed.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Loopback]),
        _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
    };
}
