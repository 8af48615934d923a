using System.Text;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Signatures;

public sealed class HmacSignerTests
{
    [Theory]
    [InlineData("Makini")]
    [InlineData("MaintainX")]
    [InlineData("GitHub")]
    [InlineData("SHA-1 in base64")]
    [InlineData("SHA-384 in base64")]
    [InlineData("A key in hex")]
    [InlineData("The address, then the body")]
    [InlineData("A time in a header")]
    public void Signs_what_the_sender_signed(string name)
    {
        var vector = SignatureVectors.All[name];

        Assert.Equal(vector.Header, HmacSigner.Sign(vector.Scheme, vector.Secret, vector.Request.Body, "id", vector.Now, vector.Request.Uri));
    }

    [Fact]
    public void Standard_Webhooks_sign_as_published()
    {
        var signed = StandardWebhooks.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330).AddMilliseconds(999),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signed);
    }

    [Fact]
    public void What_is_signed_and_missing_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => HmacSigner.Sign(StandardWebhooks.Scheme, "whsec_AAAA", default, id: "x"));
        Assert.Throws<ArgumentException>(() => HmacSigner.Sign(StandardWebhooks.Scheme, "whsec_AAAA", default, timestamp: SignatureVectors.Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public void A_secret_of_another_form_is_an_error_that_does_not_tell_it(string secret)
    {
        var error = Assert.Throws<ArgumentException>(() => StandardWebhooks.Sign(secret, "x", SignatureVectors.Now, default));

        Assert.DoesNotContain("base64!", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_made_of_a_key()
    {
        Assert.Equal("whsec_" + Convert.ToBase64String(new byte[24]), StandardWebhooks.SecretOf(new byte[24]));
        Assert.Throws<ArgumentException>(() => StandardWebhooks.SecretOf(new byte[23]));
        Assert.Throws<ArgumentException>(() => StandardWebhooks.SecretOf(new byte[65]));
    }
}
