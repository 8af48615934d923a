using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Signatures;

/// <summary>A webhook whose signature is right.</summary>
internal sealed record SignatureVector(HmacScheme Scheme, string Secret, WebhookRequest Request)
{
    public DateTimeOffset Now { get; init; } = SignatureVectors.Now;

    public string Header => Request.Header(Scheme.Header)!;

    public SignatureResult Verify() => Verify(Request);

    public SignatureResult Verify(WebhookRequest request) => SignatureVerifier.Verify(Scheme, request, [Secret], Now);

    public SignatureResult VerifyHeader(params string[] values) => Verify(Request.With(Scheme.Header, values));
}
