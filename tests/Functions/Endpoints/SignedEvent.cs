using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Millwright.Functions.Tests.Endpoints;

/// <summary>An event as a customer's server gets it. Verified with nothing of Millwright's, as docs/events.md says.</summary>
internal sealed record SignedEvent(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>How many of the standard signatures the secret verifies.</summary>
    public int SignaturesOf(string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.").Concat(Body).ToArray();
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return Headers["webhook-signature"].Split(' ').Count(signature => signature == expected);
    }

    /// <summary>Whether the Makini signature is of this secret.</summary>
    public bool IsMakiniSignedBy(string secret) =>
        Headers["X-Makini-Signature"] == Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
