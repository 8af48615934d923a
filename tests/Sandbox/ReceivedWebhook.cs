using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

/// <summary>A webhook as it came in.</summary>
public sealed record ReceivedWebhook(
    string Method, string Address, string? ContentType, string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string Type => (string)Json["type"]!;

    public string RecordId => (string)Json["id"]!;

    public long Version => (long)Json["version"]!;

    public DateTimeOffset SentAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, CultureInfo.InvariantCulture));

    /// <summary>Verifies as the specification of Standard Webhooks tells a receiver to, without the sandbox's own code.</summary>
    public bool IsSignedBy(string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hmac.AppendData(Encoding.ASCII.GetBytes(Id + "." + Timestamp + "."));
        hmac.AppendData(Body);
        return Signature == "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
