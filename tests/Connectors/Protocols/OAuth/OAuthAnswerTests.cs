using System.Text;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.OAuth;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.OAuth;

/// <summary>What a token endpoint's answers come to.</summary>
public sealed class OAuthAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("\"3600\"", 3600)]
    [InlineData("1.5", 1.5)]
    public void A_lifetime_is_a_number_or_its_text(string seconds, double lifetime) =>
        Assert.Equal(Now.AddSeconds(lifetime), Read($$"""{"access_token":"a","expires_in":{{seconds}}}""").ExpiresAt);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_lifetime_that_makes_no_sense_is_none(string seconds) =>
        Assert.Null(Read($$"""{"access_token":"a","expires_in":{{seconds}}}""").ExpiresAt);

    [Theory]
    [InlineData("""{"access_token":"a","refresh_token":"new"}""", "new")]
    [InlineData("""{"access_token":"a"}""", "used")]
    public void A_refresh_token_stays_good_where_no_other_comes(string body, string refreshToken) => Assert.Equal(refreshToken, Read(body).RefreshToken);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("""{"access_token":"a\nb"}""")]
    [InlineData("""{"access_token":"ä"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"\u0000"}""")]
    public void An_answer_without_a_usable_token_is_the_systems_failure(string body) =>
        Assert.Equal(ErrorCode.SourceError, Assert.Throws<ApiException>(() => Read(body)).Code);

    [Fact]
    public void A_token_too_long_to_be_kept_is_not_taken_and_not_shown()
    {
        Read($$"""{"access_token":"{{new string('t', OAuthAnswer.MaxLength - 4)}}"}""");

        var error = Assert.Throws<ApiException>(() => Read($$"""{"access_token":"{{new string('t', OAuthAnswer.MaxLength - 3)}}"}"""));

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.DoesNotContain("tttt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "AUTHENTICATION_FAILED", " (invalid_grant).")]
    [InlineData(401, """{"error":"invalid_client"}""", "AUTHENTICATION_FAILED", " (invalid_client).")]
    [InlineData(400, """{"error":"the secret s3cret is wrong"}""", "AUTHENTICATION_FAILED", " token.")]
    [InlineData(401, "", "AUTHENTICATION_FAILED", " token.")]
    [InlineData(403, "", "PERMISSION_DENIED", "")]
    [InlineData(404, "", "SOURCE_ERROR", "check the address.")]
    [InlineData(302, "", "SOURCE_ERROR", "")]
    [InlineData(500, """{"error":"invalid_grant"}""", "SOURCE_ERROR", "")]
    [InlineData(503, "", "SOURCE_UNAVAILABLE", "")]
    public void A_refusal_is_told_from_a_failure(int status, string body, string code, string end)
    {
        var error = Assert.Throws<ApiException>(() => Read(body, status));

        Assert.Equal(code, error.Code.Name);
        Assert.EndsWith(end, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    private static AccessToken Read(string body, int status = 200) =>
        OAuthAnswer.Read(new UpstreamResponse(status, Encoding.UTF8.GetBytes(body), "application/json", null), Now, "used");
}
