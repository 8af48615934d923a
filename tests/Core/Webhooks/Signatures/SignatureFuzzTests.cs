using System.Text;
using CsCheck;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Signatures;

/// <summary>Whatever is sent, the verifier answers; and nothing holds that was not signed.</summary>
public sealed class SignatureFuzzTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly Gen<SignatureScheme> AnyScheme = Gen.OneOf<SignatureScheme>(
    [
        .. SignatureVectors.All.Values.Select(v => v.Scheme),
        new SharedSecretScheme(SecretPlace.Query, "token"),
        new SharedSecretScheme(SecretPlace.Header, "X-Signature") { Prefix = "Bearer " },
    ]);

    private static readonly Gen<string> OddText = Gen.Frequency(
        (2, Gen.String),
        (2, Gen.OneOf(
            "", " ", ",", "=", "v1,", "v1=", "t=", "sha256=", "v1,=", "v1,====", "t=1764000000,v1=", "Bearer ", "\0", "\ud800", "\r\n", "9999999999999", "-0", "1764000000",
            "rjbSsBRIWwXSHRURS64j7ZmS6+p/cjBepfBdjWmOljw=", "v1,rjbSsBRIWwXSHRURS64j7ZmS6+p/cjBepfBdjWmOljw=", new string('a', 64), new string('=', 44), new string(',', 5000))),
        (1, Gen.Char["0123456789abcdefgvt=, "].Array[0, 140].Select(c => new string(c))),
        (1, Gen.Byte.Array[0, 70].Select(Convert.ToBase64String)));

    private static readonly Gen<string> Name = Gen.OneOf(
    [
        "webhook-id", "webhook-timestamp", "webhook-signature", "X-Signature", "x-timestamp", "token",
        .. SignatureVectors.All.Values.Select(v => v.Scheme.Header).Distinct(),
    ]);

    private static readonly Gen<WebhookRequest> AnyRequest =
        from headers in Name.Select(OddText.Array[0, 3]).Array[0, 6]
        from query in Name.Select(OddText).Array[0, 3]
        from escape in Gen.Bool
        from body in Gen.Byte.Array[0, 100]
        select new WebhookRequest(
            new Uri("/w?" + string.Join('&', query.Select(q => $"{q.Item1}={(escape ? Uri.EscapeDataString(q.Item2) : q.Item2)}")), UriKind.Relative),
            headers.DistinctBy(h => h.Item1, StringComparer.OrdinalIgnoreCase).ToDictionary(h => h.Item1, h => (IReadOnlyList<string>)h.Item2, StringComparer.OrdinalIgnoreCase),
            body);

    [Fact]
    public void Nothing_that_is_made_up_holds_and_nothing_throws() =>
        AnyScheme.Select(AnyRequest, OddText.Array[0, 2]).Sample(
            (scheme, request, secrets) =>
            {
                // A secret that is known is a right one: leave those out that happen to be sent, compared as they are, in UTF-8.
                string[] sent = [.. request.Headers.Values.SelectMany(v => v).Concat(request.QueryValues("token")).Select(InUtf8)];
                var unknown = secrets.Where(s => !sent.Any(v => v.EndsWith(InUtf8(s), StringComparison.Ordinal)));
                var result = SignatureVerifier.Verify(scheme, request, [.. unknown, Secret], SignatureVectors.Now);
                Assert.False(result.IsValid);
                Assert.NotNull(result.Rejection);
            },
            iter: 20_000);

    [Fact]
    public void Whatever_is_signed_holds()
    {
        var any = Gen.OneOf([.. SignatureVectors.All.Values.Select(v => v.Scheme)]).Select(Gen.Byte.Array[0, 200], Gen.Byte.Array[1, 70], Gen.Long[0, 99_999_999_999]);
        any.Sample(
            (scheme, body, key, seconds) =>
            {
                var secret = scheme.SecretEncoding switch
                {
                    SecretEncoding.Base64 => scheme.SecretPrefix + Convert.ToBase64String(key),
                    _ => Convert.ToHexString(key),
                };
                var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
                var request = Requests.Of(body, ("webhook-id", "msg_1"), ("webhook-timestamp", seconds.ToString()), ("X-Timestamp", seconds.ToString()));
                var header = HmacSigner.Sign(scheme, secret, body, "msg_1", at, request.Uri);
                Assert.True(SignatureVerifier.Verify(scheme, request.With(scheme.Header, header), ["AAAA", secret], at).IsValid);
            },
            iter: 5_000);
    }

    // Half of a surrogate pair becomes the replacement character.
    private static string InUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
