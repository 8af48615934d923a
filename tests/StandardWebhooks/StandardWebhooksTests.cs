using System.Globalization;
using System.Text;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;
using Standard = Millwright.Core.Webhooks.Signatures.StandardWebhooks;

namespace Millwright.StandardWebhooks.Tests;

/// <summary>Our signer and verifier against those that Standard Webhooks publishes, both ways.</summary>
public sealed class StandardWebhooksTests(Library library)
{
    private const long Time = 1764000000;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"type":"purchase-orders.updated","id":"po_1001"}""";

    private static readonly string[] Secrets = [Secret, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AA==", Standard.SecretOf(Enumerable.Range(0, 64).Select(i => (byte)i).ToArray())];
    private static readonly string[] Ids = ["msg_1", "1", "a.b.c", "0189c5f0a1b2c3d4e5f60718293a4b5c"];
    private static readonly string[] Bodies = ["", "{}", Body, """{"name":"Zylinder Ø 40 \ud83d\ude00 😀"}""", "no JSON\r\n\0", new string('x', 300_000)];
    private static readonly long[] Times = [0, 1, Time, 4102444800];

    [Fact]
    public async Task What_we_sign_the_library_verifies()
    {
        var calls = Cases().Select(c => new LibraryCall(c.Secret, c.Body)
        {
            Headers = Headers(c.Id, c.Time, Standard.Sign(c.Secret, c.Id, DateTimeOffset.FromUnixTimeSeconds(c.Time), Encoding.UTF8.GetBytes(c.Body))),
            Now = c.Time,
        }).ToList();

        var results = await library.MakeAsync(calls);

        Assert.Equal(calls.Count, results.Count);
        Assert.All(results, r => Assert.Equal("valid", r));
    }

    [Fact]
    public async Task What_the_library_signs_we_verify()
    {
        var cases = Cases().ToList();

        var signatures = await library.MakeAsync([.. cases.Select(c => new LibraryCall(c.Secret, c.Body) { Id = c.Id, Timestamp = c.Time })]);

        Assert.All(cases.Zip(signatures), c =>
        {
            Assert.Equal(c.Second, Standard.Sign(c.First.Secret, c.First.Id, DateTimeOffset.FromUnixTimeSeconds(c.First.Time), Encoding.UTF8.GetBytes(c.First.Body)));
            Assert.True(Holds(new LibraryCall(c.First.Secret, c.First.Body) { Headers = Headers(c.First.Id, c.First.Time, c.Second), Now = c.First.Time }));
        });
    }

    [Fact]
    public async Task Both_judge_alike()
    {
        var right = Standard.Sign(Secret, "msg_1", DateTimeOffset.FromUnixTimeSeconds(Time), Encoding.UTF8.GetBytes(Body));
        var call = new LibraryCall(Secret, Body) { Headers = Headers("msg_1", Time, right), Now = Time };
        (LibraryCall Call, bool Holds)[] cases =
        [
            (call, true),
            (call with { Now = Time + 300 }, true),
            (call with { Now = Time - 300 }, true),
            (call with { Now = Time + 301 }, false),
            (call with { Now = Time - 301 }, false),
            (call with { Secret = "whsec_AAAA" }, false),
            (call with { Body = Body + " " }, false),
            (call with { Headers = Headers("msg_2", Time, right) }, false),
            (call with { Headers = Headers("msg_1", Time + 1, right) }, false),
            (call with { Headers = Headers("", Time, right) }, false),
            (call with { Headers = Headers("msg_1", Time, "") }, false),
            (call with { Headers = Headers("msg_1", Time, right[3..]) }, false),
            (call with { Headers = Headers("msg_1", Time, right[..^1]) }, false),
            (call with { Headers = Headers("msg_1", Time, right.Replace("v1,", "v2,", StringComparison.Ordinal)) }, false),
            (call with { Headers = Headers("msg_1", Time, "v1,AAAA " + right) }, true),
            (call with { Headers = Headers("msg_1", Time, $"v1a,{right[3..]} {right} v2,x") }, true),
            (call with { Headers = Headers("msg_1", Time, $"{right}{right}") }, false),
            (call with { Headers = With(call.Headers!, "webhook-timestamp", "soon") }, false),
            (call with { Headers = With(call.Headers!, "webhook-timestamp", "") }, false),
            (call with { Headers = new Dictionary<string, string> { ["webhook-id"] = "msg_1" } }, false),
        ];

        var results = await library.MakeAsync([.. cases.Select(c => c.Call)]);

        Assert.All(cases.Zip(results), c =>
        {
            Assert.Equal(c.First.Holds, Holds(c.First.Call));
            Assert.Equal(c.First.Holds ? "valid" : "rejected", c.Second);
        });
    }

    private static IEnumerable<(string Secret, string Id, string Body, long Time)> Cases() =>
        from secret in Secrets
        from id in Ids
        from body in Bodies
        from time in Times
        where body.Length < 1000 || (id == Ids[0] && time == Time)
        select (secret, id, body, time);

    private static bool Holds(LibraryCall call) => SignatureVerifier.Verify(
        Standard.Scheme,
        new WebhookRequest(
            new Uri("https://hooks.example.com"),
            call.Headers!.ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[h.Value], StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetBytes(call.Body)),
        [call.Secret],
        DateTimeOffset.FromUnixTimeSeconds(call.Now!.Value)).IsValid;

    private static Dictionary<string, string> Headers(string id, long timestamp, string signature) => new()
    {
        [Standard.IdHeader] = id,
        [Standard.TimestampHeader] = timestamp.ToString(CultureInfo.InvariantCulture),
        [Standard.SignatureHeader] = signature,
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> headers, string name, string value) => new(headers) { [name] = value };
}
