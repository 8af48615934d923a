using Millwright.Core.Connections.Raw;
using Millwright.Core.Errors;

namespace Millwright.Core.Tests.Connections.Raw;

public sealed class PassthroughAddressTests
{
    private static readonly Uri Root = new("https://erp.example/acme");

    [Theory]
    [InlineData("v1/vendors", "https://erp.example/acme/v1/vendors")]
    [InlineData("/v1/vendors", "https://erp.example/acme/v1/vendors")]
    [InlineData("", "https://erp.example/acme/")]
    [InlineData("v1/A_Order('45 00')/items", "https://erp.example/acme/v1/A_Order('45%2000')/items")]
    [InlineData("v1/a%2Fb", "https://erp.example/acme/v1/a%2Fb")]
    [InlineData("v1/..a/b..", "https://erp.example/acme/v1/..a/b..")]
    [InlineData("v1/user@host:80", "https://erp.example/acme/v1/user@host:80")]
    public void A_path_leads_below_the_address(string path, string uri) =>
        Assert.Equal(uri, PassthroughAddress.Of(Root, new PassthroughRequest(HttpMethod.Get, path)).AbsoluteUri);

    [Fact]
    public void Parameters_are_escaped() => Assert.Equal(
        "https://erp.example/acme/v1?a%26b=c%20d%23&a%26b=e",
        PassthroughAddress.Of(Root, new PassthroughRequest(HttpMethod.Get, "v1") { Query = [new("a&b", "c d#"), new("a&b", "e")] }).AbsoluteUri);

    public static TheoryData<string> Climbing =>
    [
        "..", "../admin", "v1/../../admin", "/..", "./v1", "v1/.", "v1/./a", "%2e%2e/admin", "%2E%2e", ".%2e/a", "%2e./a", "v1/%2e%2e/%2e%2e/x", "%252e%252e/admin", "v1/%252e/x",
        "..;/admin", "..;a=b/admin", "%2e%2e;/x", "//evil.example", "//evil.example/v1", "/%2Fevil.example", "%2F%2Fevil.example", "\\evil.example", "v1\\..\\..", "v1%5c..%5cx", "%5c%5cevil",
        "..%2fadmin", "v1/..%2f..%2fadmin", "..%5cadmin", "v1?x=1", "v1#x", "?x", "#", "v1\u0000", "v1\r\nHost: evil", "v1%0d%0aHost:%20evil", "v1%00", "\tv1", "v1%250a",
    ];

    [Theory]
    [MemberData(nameof(Climbing))]
    public void A_path_that_could_lead_elsewhere_is_refused(string path) => Assert.Equal(
        ErrorCode.InvalidRequest,
        Assert.Throws<ApiException>(() => PassthroughAddress.Of(Root, new PassthroughRequest(HttpMethod.Get, path))).Code);

    [Theory]
    [InlineData("http://evil.example/x")]
    [InlineData("https:evil.example")]
    [InlineData("@evil.example")]
    [InlineData(":8080/x")]
    [InlineData("file:///etc/passwd")]
    public void What_looks_like_an_address_is_only_a_path_below_the_connections_own(string path)
    {
        Uri? uri = null;
        try
        {
            uri = PassthroughAddress.Of(Root, new PassthroughRequest(HttpMethod.Get, path));
        }
        catch (ApiException e)
        {
            Assert.Equal(ErrorCode.InvalidRequest, e.Code);
        }

        Assert.True(uri is null || (uri.Host == "erp.example" && uri.AbsolutePath.StartsWith("/acme/", StringComparison.Ordinal)));
    }
}
