using System.Security.Cryptography;
using System.Text;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

public sealed class EventSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    /// <summary>The example of the Standard Webhooks libraries' own tests.</summary>
    [Fact]
    public void The_standard_signature_is_that_of_the_published_vector() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            EventSignature.Standard("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Body, [Secret]));

    [Fact]
    public void Every_secret_signs_in_order()
    {
        const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        var at = DateTimeOffset.FromUnixTimeSeconds(1614265330);

        var both = EventSignature.Standard("id", at, Body, [Other, Secret]);

        Assert.Equal($"{EventSignature.Standard("id", at, Body, [Other])} {EventSignature.Standard("id", at, Body, [Secret])}", both);
    }

    [Fact]
    public void The_Makini_signature_is_keyed_with_the_secret_as_it_is_shown() =>
        Assert.Equal(
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body)),
            EventSignature.Makini(Body, Secret));
}
