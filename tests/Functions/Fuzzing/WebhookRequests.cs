using CsCheck;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>Webhooks near to right ones: odd bodies that are signed, right bodies with odd headers, and odd both.</summary>
/// <param name="connection">A connection that takes webhooks.</param>
/// <param name="secret">Its secret.</param>
internal sealed class WebhookRequests(string connection, string secret)
{
    private const string Right = """{"type":"vendors.updated","collection":"vendors","id":"ven_1001","version":7,"occurred_at":"2026-11-24T10:00:00.000Z","record":{"id":"ven_1001","name":"Fuzz"}}""";

    private static readonly string[] Fields = ["type", "collection", "id", "version", "occurred_at", "record"];

    private static readonly Gen<string> Id = Gen.Frequency((6, Gen.Int[1, 3_000].Select(n => $"msg_{n}")), (1, OddTexts.Header));

    /// <summary>One webhook of any kind.</summary>
    public Gen<WireRequest> Any => Gen.Frequency((6, Signed), (3, Unsigned));

    private Gen<string> Target => Gen.Frequency(
        (20, Gen.Const($"/api/webhooks/{connection}")),
        (1, OddTexts.Encoded.Select(q => $"/api/webhooks/{connection}?{q}")),
        (1, OddTexts.Encoded.Select(id => $"/api/webhooks/{id}")),
        (1, Gen.Const("/api/webhooks/0123456789abcdef0123456789abcdef")));

    private Gen<WireRequest> Signed => Target.Select(Id, OddJson.Body(Right, Fields), Sign);

    private Gen<WireRequest> Unsigned
    {
        get
        {
            var value = Gen.Frequency((3, OddTexts.Header), (1, OddTexts.Header.Select(t => "v1," + t)), (1, Gen.OneOf("v1,", "v1,AAAA", "v2,AAAA", "v1a,AAAA", $"{DateTimeOffset.UnixEpoch.ToUnixTimeSeconds()}", "99999999999999999999", "1e9", "-1")));
            var header = Gen.OneOf(StandardWebhooks.IdHeader, StandardWebhooks.TimestampHeader, StandardWebhooks.SignatureHeader).Select(value, (name, v) => (name, v));

            // Headers in place of the right ones, and beside them.
            return Gen.Bool.SelectMany(replace => Signed.Select(header.Array[1, 3], (request, odd) => request with
            {
                Headers = [.. request.Headers.Where(h => !replace || odd.All(o => o.name != h.Name)), .. odd],
            }));
        }
    }

    private WireRequest Sign(string target, string id, byte[] body)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new WireRequest(
            "POST",
            target,
            [
                (StandardWebhooks.IdHeader, id),
                (StandardWebhooks.TimestampHeader, $"{now.ToUnixTimeSeconds()}"),
                (StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(secret, id, now, body)),
            ],
            body);
    }
}
