using System.Text;
using CsCheck;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors.Tests.Webhooks;

/// <summary>Whatever an authentic sender sends: a notice, or the one exception that says it is none.</summary>
public sealed class WebhookFuzzTests
{
    private static readonly IWebhookFormat Format = Formats.Compile("""
        signature: standard-webhooks
        id: {path: data.event}
        entity: {path: type, before: ., map: {materials: item}}
        key: data.id
        change: {path: type, after: .}
        version: {path: at, as: datetime}
        record: data
        handshake: {body: data.id, when: {type: hello}}
        """);

    private static readonly Gen<string> Value = Gen.Frequency(
        (5, Gen.OneOf(
            "null", "true", "0", "-0", "17", "1e400", "1.5", "9223372036854775808", "\"\"", "\"vendors.updated\"", "\"item.deleted\"", "\"hello\"", "\"v\"", "\"\\ud800\"", "\"\\u0000\"",
            "[]", "{}", "[[]]", "{\"id\":\"v\"}", "{\"id\":1,\"event\":\"e\"}", "{\"id\":{\"id\":1}}", "{\"id\":1,\"id\":2}", "{\"\\ud800\":1}", "{\"i\\ud800\":1,\"id\":2}",
            "\"2026-11-24T10:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"")),
        (2, Gen.String.Select(s => System.Text.Json.JsonSerializer.Serialize(s))),
        (1, Gen.Int[1, 120].Select(depth => string.Concat(Enumerable.Repeat("{\"id\":", depth)) + "1" + new string('}', depth))));

    private static readonly Gen<byte[]> Body =
        from members in Gen.OneOf("\"type\"", "\"data\"", "\"at\"", "\"ty\\u0070e\"", "\"\\ud800\"", "\"\"").Select(Value, (n, v) => $"{n}:{v}").Array[0, 5]
        let text = Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}")
        from cut in Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[0, text.Length]))
        from odd in Gen.Frequency((6, Gen.Const(Array.Empty<byte>())), (1, Gen.Byte.Array[0, 4]))
        select (byte[])[.. text[..^cut], .. odd];

    [Fact]
    public void Nothing_but_a_format_exception_comes_out() =>
        Body.Sample(
            body =>
            {
                var request = new WebhookRequest(new Uri("https://hooks.example.com"), new Dictionary<string, IReadOnlyList<string>>(), body);
                Assert.NotEqual("", Format.IdOf(request));
                Format.AnswerToHandshake(request);
                var notice = Try(() => Format.Read(body));
                Assert.True(notice is null || (notice.Key.Length > 0 && notice.Entity is "vendors" or "materials" or "purchase-orders"));
                Try(() => Format.RecordOf(body));
            },
            iter: 20_000);

    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (WebhookFormatException)
        {
            return default;
        }
    }
}
