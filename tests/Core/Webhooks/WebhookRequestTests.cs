using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookRequestTests
{
    [Theory]
    [InlineData("https://a.example/w?token=x", new[] { "x" })]
    [InlineData("https://a.example/w?a=1&token=x%2Fy+z&b", new[] { "x/y z" })]
    [InlineData("https://a.example/w?token=x=y&token=", new[] { "x=y", "" })]
    [InlineData("https://a.example/w?tok%65n=x", new[] { "x" })]
    [InlineData("https://a.example/w?token", new[] { "" })]
    [InlineData("https://a.example/w?token=%zz%", new[] { "%zz%" })]
    [InlineData("https://a.example/w?Token=x", new string[0])]
    [InlineData("https://a.example/w#?token=x", new string[0])]
    [InlineData("https://a.example/w?a=1#&token=x", new string[0])]
    [InlineData("https://a.example/token=x", new string[0])]
    [InlineData("/w?token=x", new[] { "x" })]
    public void Query_values_are_decoded(string address, string[] values) =>
        Assert.Equal(values, new WebhookRequest(new Uri(address, UriKind.RelativeOrAbsolute), Requests.Of("").Headers, default).QueryValues("token"));

    [Fact]
    public void A_header_that_comes_twice_has_no_value()
    {
        Assert.Equal("1", Requests.Of("", ("X-A", "1")).Header("x-a"));
        Assert.Null(Requests.Of("", ("X-A", "1"), ("x-a", "1")).Header("X-A"));
        Assert.Null(Requests.Of("").Header("X-A"));
    }
}
