using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;
using static Millwright.Core.Webhooks.Signatures.SignatureRejection;

namespace Millwright.Core.Tests.Webhooks.Signatures;

public sealed class SharedSecretVerifierTests
{
    private const string Secret = "s3cret/ü";

    private static readonly SharedSecretScheme InQuery = new(SecretPlace.Query, "token");
    private static readonly SharedSecretScheme InHeader = new(SecretPlace.Header, "Authorization") { Prefix = "Bearer " };

    [Theory]
    [InlineData("?token=s3cret%2F%C3%BC", null)]
    [InlineData("?a=1&token=s3cret/ü", null)]
    [InlineData("?a=1", Missing)]
    [InlineData("", Missing)]
    [InlineData("?token=", Missing)]
    [InlineData("?token", Missing)]
    [InlineData("?Token=s3cret%2F%C3%BC", Missing)]
    [InlineData("?token=s3cret%2F%C3%BC&token=s3cret%2F%C3%BC", Malformed)]
    [InlineData("?token=s3cret", Wrong)]
    [InlineData("?token=s3cret%2F%C3%BCx", Wrong)]
    [InlineData("?token=S3cret%2F%C3%BC", Wrong)]
    [InlineData("?token=%zz", Wrong)]
    [InlineData("#token=s3cret%2F%C3%BC", Missing)]
    public void The_secret_in_the_query(string query, SignatureRejection? rejection) =>
        Assert.Equal(rejection, Verify(InQuery, Requests.Of("{}") with { Uri = new Uri("https://hooks.example.com/w/c1" + query) }, Secret).Rejection);

    [Theory]
    [InlineData("Bearer s3cret/ü", null)]
    [InlineData("bearer s3cret/ü", Malformed)]
    [InlineData("s3cret/ü", Malformed)]
    [InlineData("Basic s3cret/ü", Malformed)]
    [InlineData("Bearer ", Wrong)]
    [InlineData("Bearer s3cret/u", Wrong)]
    [InlineData("Bearer  s3cret/ü", Wrong)]
    [InlineData("Bearer \ud800", Wrong)]
    [InlineData("", Missing)]
    public void The_secret_in_a_header(string value, SignatureRejection? rejection) =>
        Assert.Equal(rejection, Verify(InHeader, Requests.Of("{}", ("authorization", value)), Secret).Rejection);

    [Fact]
    public void A_header_that_is_missing_or_comes_twice_is_rejected()
    {
        Assert.Equal(Missing, Verify(InHeader, Requests.Of("{}"), Secret).Rejection);
        Assert.Equal(Malformed, Verify(InHeader, Requests.Of("{}", ("Authorization", "Bearer s3cret/ü"), ("authorization", "Bearer s3cret/ü")), Secret).Rejection);
    }

    [Fact]
    public void Any_of_several_secrets_will_do()
    {
        var request = Requests.Of("{}", ("Authorization", "Bearer new"));

        Assert.True(Verify(InHeader, request, "old", "new").IsValid);
        Assert.True(Verify(InHeader, request, "new", "old").IsValid);
        Assert.False(Verify(InHeader, request, "old", "older").IsValid);
    }

    [Fact]
    public void An_empty_secret_lets_nobody_in()
    {
        Assert.Equal(NoSecret, Verify(InHeader, Requests.Of("{}", ("Authorization", "Bearer "))).Rejection);
        Assert.Equal(NoSecret, Verify(InHeader, Requests.Of("{}", ("Authorization", "Bearer ")), "").Rejection);
        Assert.Equal(Wrong, Verify(InHeader, Requests.Of("{}", ("Authorization", "Bearer ")), "", "x").Rejection);
        Assert.Equal(NoSecret, Verify(InQuery, Requests.Of("{}") with { Uri = new Uri("https://hooks.example.com/?token=") }, "").Rejection);
    }

    private static SignatureResult Verify(SharedSecretScheme scheme, WebhookRequest request, params string[] secrets) =>
        SignatureVerifier.Verify(scheme, request, secrets, SignatureVectors.Now);
}
