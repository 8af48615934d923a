using Millwright.Core.Connections.Raw;
using Millwright.Core.Errors;

namespace Millwright.Core.Tests.Connections.Raw;

public sealed class PassthroughHeadersTests
{
    [Theory]
    [InlineData("Authorization", "x")]
    [InlineData("authorization", "x")]
    [InlineData("Cookie", "x")]
    [InlineData("Host", "evil.example")]
    [InlineData("Content-Length", "1")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "close")]
    [InlineData("X-Forwarded-For", "1.2.3.4")]
    [InlineData("x-API-key", "x")]
    [InlineData("X-Own", "a\r\nHost: evil")]
    [InlineData("X-Own", "ü")]
    [InlineData("X Own", "x")]
    [InlineData("X-Own:", "x")]
    [InlineData("", "x")]
    public void Headers_of_the_connection_and_the_transport_cannot_be_given(string name, string value)
    {
        var error = Assert.Throws<ApiException>(() => PassthroughHeaders.Check([new("Accept", "text/plain"), new(name, value)], "X-Api-Key"));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Single(error.Details);
    }

    [Fact]
    public void Other_headers_can_be_given() => PassthroughHeaders.Check([new("Accept", "text/plain"), new("If-Match", "W/\"1\""), new("sap-client", "100")], "X-Api-Key");

    [Fact]
    public void An_answers_headers_hold_no_cookie_no_secret_and_nothing_of_the_transport() => Assert.Equal(
        ["ETag", "X-Total"],
        PassthroughHeaders.Answered(
            [new("ETag", "1"), new("Set-Cookie", "s=1"), new("X-Echo", "Bearer s3cret"), new("X-Total", "5"), new("content-length", "3"), new("WWW-Authenticate", "Basic")],
            "s3cret", "").Select(h => h.Key));
}
