using System.Text;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Signatures;

/// <summary>
/// Good webhooks by name. No signature here was made by our code: those of Standard Webhooks, GitHub and the RFCs are published, all others
/// were made by <c>openssl dgst -mac HMAC</c>. In every one the signature stands at the end of its header.
/// </summary>
internal static class SignatureVectors
{
    public const string Body = """{"name":"Zylinder Ø 40","qty":2.50}""";
    public const string Time = "1764000000";

    /// <summary>The time of <see cref="Time"/>.</summary>
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1764000000);

    // Makini's documentation names no header.
    private static readonly HmacScheme Makini = new("X-Signature") { Encoding = SignatureEncoding.Base64 };

    private static readonly HmacScheme MaintainX = new("x-maintainx-webhook-body-signature")
    {
        Separator = ',',
        Prefix = "v1=",
        TimestampPrefix = "t=",
        Content = SignedContent.Parse("{timestamp}.{body}"),
    };

    private static readonly HmacScheme Frappe = new("X-Frappe-Webhook-Signature") { Encoding = SignatureEncoding.Base64 };
    private static readonly HmacScheme GitHub = new("X-Hub-Signature-256") { Prefix = "sha256=" };
    private static readonly HmacScheme Plain = new("X-Signature");

    private static readonly HmacScheme Timed = new("X-Signature")
    {
        TimestampHeader = "X-Timestamp",
        Content = SignedContent.Parse("{timestamp}.{body}"),
    };

    private static readonly WebhookRequest Rfc = Requests.Of("what do ya want for nothing?");
    private static readonly WebhookRequest Ours = Requests.Of(Body);

    public static readonly IReadOnlyDictionary<string, SignatureVector> All = new Dictionary<string, SignatureVector>
    {
        ["Makini"] = new(Makini, "makini-secret", Ours.With("X-Signature", "rjbSsBRIWwXSHRURS64j7ZmS6+p/cjBepfBdjWmOljw=")),
        ["MaintainX"] = new(MaintainX, "mx-secret", Ours.With(
            MaintainX.Header, $"t={Time},v1=3317bee3a3492e2b44abc3e685e5ee9be3dfbac0b129978c63f054994fdce36a")),
        ["MaintainX with other items"] = new(MaintainX, "mx-secret", Ours.With(
            MaintainX.Header, $"v0=00, t={Time}, v1=3317bee3a3492e2b44abc3e685e5ee9be3dfbac0b129978c63f054994fdce36a")),
        ["Frappe"] = new(Frappe, "frappe-secret", Ours.With(Frappe.Header, "uVtd9Y6nHxYuQUl9DwUuYDY68f4Fbsx1C1isRbIGKsg=")),
        ["GitHub"] = new(GitHub, "It's a Secret to Everybody", Requests.Of("Hello, World!").With(
            GitHub.Header, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")),
        ["Standard Webhooks"] = new(StandardWebhooks.Scheme, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="))
        {
            Now = DateTimeOffset.FromUnixTimeSeconds(1614265330),
        },
        ["Standard Webhooks with several signatures"] = new(
            StandardWebhooks.Scheme,
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            Standard("v1a,bm9uZQ== v1,rjbSsBRIWwXSHRURS64j7ZmS6+p/cjBepfBdjWmOljw= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="))
        {
            Now = DateTimeOffset.FromUnixTimeSeconds(1614265330),
        },
        ["SHA-1 in hex, RFC 2202"] = new(Plain with { Algorithm = SignatureAlgorithm.Sha1 }, "Jefe", Rfc.With("X-Signature", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")),
        ["SHA-256 in hex, RFC 4231"] = new(Plain, "Jefe", Rfc.With("X-Signature", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")),
        ["SHA-256 in capitals"] = new(Plain, "Jefe", Rfc.With("X-Signature", "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")),
        ["SHA-384 in hex, RFC 4231"] = new(Plain with { Algorithm = SignatureAlgorithm.Sha384 }, "Jefe", Rfc.With(
            "X-Signature", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")),
        ["SHA-512 in hex, RFC 4231"] = new(Plain with { Algorithm = SignatureAlgorithm.Sha512 }, "Jefe", Rfc.With(
            "X-Signature",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")),
        ["SHA-1 in base64"] = new(Makini with { Algorithm = SignatureAlgorithm.Sha1 }, "old-secret", Ours.With("X-Signature", "T1maavSqCmE1x6Si0dDVAoInv1o=")),
        ["SHA-384 in base64"] = new(Makini with { Algorithm = SignatureAlgorithm.Sha384 }, "old-secret", Ours.With(
            "X-Signature", "3sJk7v7o1uKMjUj5pr5GUDunAhRhSpP/vfUyXt9r2kC9eK54+ZFxx2Zj/LEfWOpO")),
        ["SHA-512 in base64"] = new(Makini with { Algorithm = SignatureAlgorithm.Sha512 }, "old-secret", Ours.With(
            "X-Signature", "cwqF/igWYFjJYmnypIoJnqBH1vRV73QFRUwh6Sn9bFO7ouj7lJXaPSNeX9GiziC8h9ZdpPOch9OedsiR/a9vRg==")),
        ["A key in hex"] = new(
            Plain with { Algorithm = SignatureAlgorithm.Sha512, SecretEncoding = SecretEncoding.Hex },
            "00112233445566778899aabbccddeeff",
            Ours.With(
                "X-Signature",
                "652f2fcdbe01aa9fdba47d24013a1d69ebe29e28cb116ac72d7ea1ce16657ae97add58ae93a5c78eedaa57903474c7fe2ae920997f4c0cff110192bce9ec1858")),
        ["The address, then the body"] = new(Plain with { Content = SignedContent.Parse("{uri}{body}") }, "uri-secret", Ours.With(
            "X-Signature", "b51312766675d95ef644b82ea90abb87969410f1b3be2fc42567b5b6be9ce4d6")),
        ["The body, then the address"] = new(
            Makini with { Algorithm = SignatureAlgorithm.Sha1, Content = SignedContent.Parse("{body}{uri}") },
            "uri-secret",
            Ours.With("X-Signature", "Gz9tVeu+iQUdzM6KfFzMXRUzHqQ=")),
        ["A time in a header"] = new(Timed, "ts-secret", Ours.With("X-Timestamp", Time).With(
            "X-Signature", "7afc844e4fce92ef155e66bb7898230e031f96358835759d356ffe8cf747785d")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> TimedNames => [.. All.Where(v => v.Value.Scheme.Content.Contains(SignedPart.Timestamp)).Select(v => v.Key)];

    private static WebhookRequest Standard(string signature) => Requests.Of(
        Encoding.UTF8.GetBytes("""{"test": 2432232314}"""),
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", signature));
}
