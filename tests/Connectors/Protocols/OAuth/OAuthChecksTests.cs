using Millwright.Connectors.Definitions;
using Millwright.Connectors.Tests.Protocols.Rest;
using Millwright.Core.Connections.Access;

namespace Millwright.Connectors.Tests.Protocols.OAuth;

/// <summary>Settings whose form is right and that cannot work.</summary>
public sealed class OAuthChecksTests
{
    [Theory]
    [InlineData("clientId: url, clientSecret: apiKey", "needs either 'path' or 'address'.")]
    [InlineData("path: t, address: url, clientId: url, clientSecret: apiKey", "needs either 'path' or 'address'.")]
    [InlineData("path: t, clientId: url, clientAuthentication: form", "needs 'clientSecret' and takes no 'refreshToken' where the grant is client-credentials.")]
    [InlineData(
        "path: t, clientId: url, clientSecret: apiKey, refreshToken: apiKey", "needs 'clientSecret' and takes no 'refreshToken' where the grant is client-credentials.")]
    [InlineData("path: t, grant: refresh-token, clientId: url, clientSecret: apiKey", "needs 'refreshToken' where the grant is refresh-token.")]
    [InlineData("path: t, grant: refresh-token, clientId: url, refreshToken: apiKey", "needs 'clientSecret' where the client's authentication is basic.")]
    [InlineData("path: t, clientId: nobody, clientSecret: apiKey", "needs a required credential as its 'clientId', which 'nobody' is not.")]
    [InlineData("path: t, clientId: url, clientSecret: url", "needs a required credential of the kind secret as its 'clientSecret', which 'url' is not.")]
    [InlineData("address: apiKey, clientId: url, clientSecret: apiKey", "needs a required credential of the kind url as its 'address', which 'apiKey' is not.")]
    [InlineData("address: other, clientId: url, clientSecret: apiKey", "needs a required credential of the kind url as its 'address', which 'other' is not.")]
    public void What_cannot_work_is_an_error(string oauth, string problem) =>
        Assert.Equal($"'oauth' {problem}", Problem($"oauth: {{{oauth}}}"));

    [Fact]
    public void One_header_of_the_name_Authorization_is_enough() => Assert.Equal(
        "'oauth' sends the header Authorization, which 'rest.headers' has, too.",
        Problem("headers: {authorization: '{apiKey}'}\n  oauth: {path: t, clientId: url, clientSecret: apiKey}"));

    private static string Problem(string setting)
    {
        var connector = RestExample.Connect(
            "headers: {Authorization: 'Bearer {apiKey}'}", setting, "- {name: apiKey,", "- {name: other, label: Other, kind: url, optional: true}\n  - {name: apiKey,");
        var error = Assert.Throws<DefinitionException>(() => connector.Open(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = "http://localhost", ["apiKey"] = "k" }, new MemoryAccessTokens()));
        return Assert.Single(error.Problems).Message;
    }
}
