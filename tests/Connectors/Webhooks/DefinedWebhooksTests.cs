using System.Text;
using System.Text.Json;
using Millwright.Connectors.Definitions;
using Millwright.Core.Events;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Connectors.Tests.Webhooks;

/// <summary>What a section makes of a body.</summary>
public sealed class DefinedWebhooksTests
{
    private const string Thin = """
        signature: standard-webhooks
        entity: {path: type, before: ., map: {purchase-orders: [purchase-order, PO], materials: item}}
        key: id
        change: {path: type, after: ., map: {deleted: [removed, gone]}}
        version: version
        """;

    private const string Fat = """
        signature: standard-webhooks
        id: {path: event.id}
        entity: {path: event.subject, map: {purchase-orders: order, vendors: 3}}
        key: event.data.meta.uid
        change: {path: event.code, map: {created: 1, updated: 2, deleted: [3, 4]}}
        version: {path: event.at, as: datetime}
        record: event.data
        """;

    private static readonly IWebhookFormat ThinFormat = Formats.Compile(Thin);
    private static readonly IWebhookFormat FatFormat = Formats.Compile(Fat);

    [Theory]
    [InlineData("""{"type":"purchase-order.updated","id":"po_1","version":17}""", "purchase-orders", "po_1", ChangeKind.Updated, 17L)]
    [InlineData("""{"type":"PO.created","id":"po_1","version":9223372036854775807}""", "purchase-orders", "po_1", ChangeKind.Created, long.MaxValue)]
    [InlineData("""{"type":"purchase-orders.deleted","id":"po_1"}""", "purchase-orders", "po_1", ChangeKind.Deleted, null)]
    [InlineData("""{"type":"vendors.gone","id":"v","version":null}""", "vendors", "v", ChangeKind.Deleted, null)]
    [InlineData("""{"type":"vendors.archived","id":"v","version":"3"}""", "vendors", "v", null, 3L)]
    [InlineData("""{"type":"vendors","id":"v","version":1e3}""", "vendors", "v", null, 1000L)]
    [InlineData("""{"type":"item.updated","id":42,"version":-1}""", "materials", "42", ChangeKind.Updated, -1L)]
    [InlineData("""{"type":"item.updated","id":"\u0034\u0032","other":{"id":[1,{"x":null}]}}""", "materials", "42", ChangeKind.Updated, null)]
    public void A_thin_webhook_is_read(string body, string entity, string key, ChangeKind? change, long? version) =>
        Assert.Equal(new WebhookNotice(entity, key) { Change = change, Version = version }, ThinFormat.Read(body));

    [Theory]
    [InlineData("""{"event":{"subject":"order","code":1,"at":"2026-11-24T10:00:00.1234567Z","data":{"meta":{"uid":"a"}}}}""", "purchase-orders", "a", ChangeKind.Created, 639311112001234567)]
    [InlineData("""{"event":{"subject":3,"code":4,"at":"2026-11-24T11:00:00+01:00","data":{"meta":{"uid":7}}}}""", "vendors", "7", ChangeKind.Deleted, 639311112000000000)]
    [InlineData("""{"event":{"subject":"order","code":9,"at":"2026-11-24T10:00:00.123456789","data":{"meta":{"uid":"a"}}}}""", "purchase-orders", "a", null, 639311112001234567)]
    [InlineData("""{"event":{"subject":"order","at":"","data":{"meta":{"uid":"a"}}}}""", "purchase-orders", "a", null, null)]
    public void A_nested_webhook_is_read(string body, string entity, string key, ChangeKind? change, long? version) =>
        Assert.Equal(new WebhookNotice(entity, key) { Change = change, Version = version }, FatFormat.Read(body));

    [Theory]
    [InlineData("epoch-seconds", "1795514400", 639311112000000000)]
    [InlineData("epoch-seconds", "1795514400.5", 639311112005000000)]
    [InlineData("epoch-millis", "1795514400123", 639311112001230000)]
    [InlineData("epoch-millis", "\"1795514400123\"", 639311112001230000)]
    [InlineData("datetime", "\"2026-11-24\"", 639310752000000000)]
    public void Times_count_as_their_ticks(string form, string value, long version)
    {
        var format = Formats.Compile($$"""
            signature: standard-webhooks
            entity: {constant: vendors}
            key: id
            version: {path: at, as: {{form}}}
            """);

        var notice = format.Read($$"""{"id":"v","at":{{value}}}""");

        Assert.Equal(new WebhookNotice("vendors", "v") { Version = version }, notice);
    }

    [Theory]
    [InlineData("", "not well-formed JSON")]
    [InlineData("{", "not well-formed JSON")]
    [InlineData("secret-4711", "not well-formed JSON")]
    [InlineData("null", "not a JSON object")]
    [InlineData("[{\"type\":\"vendors.updated\",\"id\":\"v\"}]", "not a JSON object")]
    [InlineData("""{"type":"vendors.updated","id":"v"} {}""", "not well-formed JSON")]
    [InlineData("""{"type":"vendors.updated","id":"v","id":"secret-4711"}""", "names nothing twice")]
    [InlineData("""{"type":"vendors.updated","id":"v","x":{"a":1,"\u0061":"secret-4711"}}""", "names nothing twice")]
    [InlineData("""{"type":"vendors.updated","id":"v",}""", "not well-formed JSON")]
    [InlineData("""{}""", "does not say what it is about ('type')")]
    [InlineData("""{"type":null,"id":"v"}""", "does not say what it is about ('type')")]
    [InlineData("""{"type":{"a":1},"id":"v"}""", "does not say what it is about ('type')")]
    [InlineData("""{"type":true,"id":"v"}""", "does not say what it is about ('type')")]
    [InlineData("""{"type":"\ud800","id":"v"}""", "does not say what it is about ('type')")]
    [InlineData("""{"type":"secret-4711.updated","id":"v"}""", "about something that this connector does not have ('type')")]
    [InlineData("""{"type":".updated","id":"v"}""", "about something that this connector does not have ('type')")]
    [InlineData("""{"type":"Vendors.updated","id":"v"}""", "about something that this connector does not have ('type')")]
    [InlineData("""{"type":"vendors.updated"}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":null}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":""}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":["secret-4711"]}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":{"secret-4711":1}}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":1.5}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":"\ud800"}""", "no key of a record ('id')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":"secret-4711"}""", "version is not a whole number of 64 bits ('version')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":9223372036854775808}""", "version is not a whole number of 64 bits ('version')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":1.5}""", "version is not a whole number of 64 bits ('version')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":1e400}""", "version is not a whole number of 64 bits ('version')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":[17]}""", "version is not a whole number of 64 bits ('version')")]
    [InlineData("""{"type":"vendors.updated","id":"v","version":true}""", "version is not a whole number of 64 bits ('version')")]
    public void A_broken_webhook_is_refused_without_its_values(string body, string message) => Refused(message, () => ThinFormat.Read(body));

    [Fact]
    public void What_is_no_text_or_too_deep_is_refused()
    {
        Refused("not UTF-8", () => ThinFormat.Read(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }));
        Refused("not UTF-8", () => ThinFormat.Read(Encoding.Unicode.GetBytes("""{"type":"vendors.updated","id":"ü"}""")));
        Refused("at most 64 levels", () => ThinFormat.Read($$"""{"type":"vendors.updated","id":"v","x":{{new string('[', 100)}}{{new string(']', 100)}}}"""));
        Refused("at most 64 levels", () => ThinFormat.Read(new string('[', 100_000)));
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("1795514400")]
    [InlineData("{}")]
    public void A_time_that_is_none_is_refused(string at) =>
        Refused("version is not a time ('event.at')", () => FatFormat.Read("""{"event":{"subject":"order","at":#,"data":{"meta":{"uid":"a"}}}}""".Replace("#", at, StringComparison.Ordinal)));

    [Fact]
    public void The_record_is_mapped_as_a_read_maps_it()
    {
        var record = FatFormat.RecordOf("""{"event":{"subject":"order","data":{"meta":{"uid":"a"},"number":"PO-1","day":"2026-11-24","lines":[{"id":1,"qty":2.50}],"more":{}}}}""");

        Assert.Equal("""{"key":"a","orderDate":"2026-11-24","orderNo":"PO-1","lineItems":[{"key":"1","quantity":"2.50"}]}""", record);
    }

    [Theory]
    [InlineData("""{"event":{"subject":"order"}}""")]
    [InlineData("""{"event":{"subject":"order","data":null}}""")]
    public void A_webhook_may_carry_no_record(string body) => Assert.Null(FatFormat.RecordOf(body));

    [Fact]
    public void A_sender_that_never_carries_records_is_not_read_for_one() => Assert.Null(ThinFormat.RecordOf("no JSON at all"));

    [Theory]
    [InlineData("""{"event":{"subject":"order","data":["secret-4711"]}}""", "record is not an object ('event.data')")]
    [InlineData("""{"event":{"subject":"order","data":"secret-4711"}}""", "record is not an object ('event.data')")]
    [InlineData("""{"event":{"subject":"order","data":{"meta":{"uid":"secret-4711"},"day":"secret-4711"}}}""", "cannot be read as purchase-orders: orderDate is not a date in the source ('day').")]
    [InlineData("""{"event":{"subject":"order","data":{"meta":{"uid":"secret-4711"},"lines":[{"qty":"secret-4711"}]}}}""", "cannot be read as purchase-orders: lineItems[0].quantity is not")]
    [InlineData("""{"event":{"subject":"other","data":{}}}""", "about something that this connector does not have ('event.subject')")]
    [InlineData("""{"event":{"subject":"order","data":{"a":1,"a":2}}}""", "names nothing twice")]
    public void A_record_that_cannot_be_mapped_is_refused_without_its_values(string body, string message) => Refused(message, () => FatFormat.RecordOf(body));

    [Fact]
    public void The_body_itself_may_be_the_record()
    {
        var format = Formats.Compile("""
            signature: standard-webhooks
            entity: {constant: vendors}
            key: name
            record: $
            """);

        Assert.Equal("""{"key":"v1","name":"Globex"}""", format.RecordOf("""{"id":"v1","name":"Globex"}"""));
        Assert.Equal("Globex", format.Read("""{"id":"v1","name":"Globex"}""").Key);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"7\"")]
    [InlineData("7.0")]
    [InlineData("\"a/b ü\\u00e9\\\"\"")]
    [InlineData("\"007\"")]
    [InlineData("123456789012345678901234567890")]
    public void A_key_is_that_of_the_record(string id)
    {
        var body = """{"event":{"subject":"order","data":{"meta":{"uid":#}}}}""".Replace("#", id, StringComparison.Ordinal);
        using var record = JsonDocument.Parse(FatFormat.RecordOf(body)!);

        Assert.Equal(record.RootElement.GetProperty("key").GetString(), FatFormat.Read(body).Key);
    }

    [Fact]
    public void A_key_that_the_mapping_converts_is_converted()
    {
        var format = Formats.Compile(Thin, "{path: id, as: integer-key, map: {main: 1}}");

        Assert.Equal("main", format.Read("""{"type":"vendors.updated","id":1}""").Key);
        Assert.Equal("2", format.Read("""{"type":"vendors.updated","id":2}""").Key);
    }

    [Fact]
    public void Keys_of_no_single_place_are_a_mistake_in_the_definition()
    {
        var error = Assert.Throws<DefinitionException>(() => Formats.Compile(Thin, "{coalesce: [id, code]}"));

        Assert.Equal("Webhooks need the keys of vendors at one place of its records.", Assert.Single(error.Problems).Message);
        Assert.NotEqual(0, error.Problems[0].Line);
    }

    [Fact]
    public void The_id_is_found_where_the_definition_says()
    {
        var inHeader = Formats.Compile(Thin + "\nid: {header: X-Id}");
        Assert.Equal("m1", inHeader.IdOf(Formats.Request("", "", ("x-id", "m1"))));
        Assert.Null(inHeader.IdOf(Formats.Request("", "", ("x-id", ""))));
        Assert.Null(inHeader.IdOf(Formats.Request("")));

        Assert.Equal("m1", FatFormat.IdOf(Formats.Request("""{"event":{"id":"m1"}}""")));
        Assert.Equal("7", FatFormat.IdOf(Formats.Request("""{"event":{"id":7}}""")));
        foreach (var body in (string[])["", "{", "[]", "{}", """{"event":7}""", """{"event":{"id":{}}}""", """{"event":{"id":""}}""", """{"event":{"id":"\ud800"}}""", """{"\ud800":1}"""])
        {
            Assert.Null(FatFormat.IdOf(Formats.Request(body)));
        }

        Assert.Null(ThinFormat.IdOf(Formats.Request("""{"id":"m1"}""")));
    }

    [Fact]
    public void Without_a_handshake_nothing_is_one() => Assert.Null(ThinFormat.AnswerToHandshake(Formats.Request("""{"challenge":"x"}""", "?token=x")));

    [Theory]
    [InlineData("?validationToken=a%20b", "a b")]
    [InlineData("?validationToken=", null)]
    [InlineData("?validationToken=a&validationToken=b", null)]
    [InlineData("?other=a", null)]
    [InlineData("", null)]
    public void A_token_in_the_query_is_echoed(string query, string? answer)
    {
        var format = Formats.Compile(Thin + "\nhandshake: {query: validationToken, signature: false}");

        Assert.Equal(answer, Answer(format, Formats.Request("", query)));
        Assert.True(format.Signature.UnsignedHandshake);
    }

    [Theory]
    [InlineData("""{"type":"url_verification","challenge":"3eZbrw"}""", "3eZbrw")]
    [InlineData("""{"type":"vendors.updated","challenge":"3eZbrw"}""", null)]
    [InlineData("""{"challenge":"3eZbrw"}""", null)]
    [InlineData("""{"type":"url_verification","challenge":{}}""", null)]
    [InlineData("""{"type":"url_verification"}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void A_token_in_the_body_is_echoed(string body, string? answer)
    {
        var format = Formats.Compile(Thin + "\nhandshake: {body: challenge, when: {type: url_verification}}");

        Assert.Equal(answer, Answer(format, Formats.Request(body)));
        Assert.False(format.Signature.UnsignedHandshake);
    }

    [Fact]
    public void A_token_of_no_sensible_length_is_not_echoed()
    {
        var format = Formats.Compile(Thin + "\nhandshake: {query: t}");

        Assert.NotNull(Answer(format, Formats.Request("", "?t=" + new string('x', 2048))));
        Assert.Null(Answer(format, Formats.Request("", "?t=" + new string('x', 2049))));
    }

    [Fact]
    public void The_settle_delay_is_the_definitions()
    {
        Assert.Equal(TimeSpan.Zero, ThinFormat.SettleDelay);
        Assert.Equal(TimeSpan.FromSeconds(5), Formats.Compile(Thin + "\nsettleSeconds: 5").SettleDelay);
    }

    [Theory]
    [InlineData("standard-webhooks", "whsec_AAAA")]
    [InlineData("{hmac: {header: X-Signature}}", "secret")]
    [InlineData("{hmac: {header: X-Signature, algorithm: sha1, encoding: base64, content: '{uri}{body}'}}", "secret")]
    [InlineData("{hmac: {header: X-Signature, algorithm: sha384, prefix: 'v1=', separator: ',', timestampPrefix: 't=', content: '{timestamp}.{body}'}}", "secret")]
    [InlineData("{hmac: {header: X-Signature, algorithm: sha512, idHeader: webhook-id, timestampHeader: webhook-timestamp, content: '{id}:{timestamp}:{body}', secretEncoding: hex, secretPrefix: s_, toleranceSeconds: 1}}", "s_00ff")]
    public void A_signature_that_the_definition_describes_holds(string signature, string secret)
    {
        var scheme = Assert.IsType<HmacScheme>(Formats.Compile(Thin.Replace("standard-webhooks", signature, StringComparison.Ordinal)).Signature);
        var now = DateTimeOffset.FromUnixTimeSeconds(1764000000);
        var request = Formats.Request("{}", "?a=1", ("webhook-id", "m1"), ("webhook-timestamp", "1764000000"));
        var header = HmacSigner.Sign(scheme, secret, request.Body, "m1", now, request.Uri);
        var signed = Formats.Request("{}", "?a=1", ("webhook-id", "m1"), ("webhook-timestamp", "1764000000"), (scheme.Header, header));

        Assert.True(SignatureVerifier.Verify(scheme, signed, [secret], now).IsValid);
        Assert.Equal(scheme.Content.Contains(SignedPart.Timestamp), !SignatureVerifier.Verify(scheme, signed, [secret], now.AddHours(1)).IsValid);
    }

    [Theory]
    [InlineData("{secret: {header: Authorization, prefix: 'Bearer '}}", SecretPlace.Header, "Authorization", "Bearer ")]
    [InlineData("{secret: {query: token}}", SecretPlace.Query, "token", "")]
    public void A_secret_that_the_definition_describes_is_expected_there(string signature, SecretPlace place, string name, string prefix) =>
        Assert.Equal(new SharedSecretScheme(place, name) { Prefix = prefix }, Formats.Compile(Thin.Replace("standard-webhooks", signature, StringComparison.Ordinal)).Signature);

    private static string? Answer(IWebhookFormat format, WebhookRequest request) =>
        format.AnswerToHandshake(request) is { } answer ? Encoding.UTF8.GetString(answer.Span) : null;

    private static void Refused(string message, Func<object?> read)
    {
        var error = Assert.Throws<WebhookFormatException>(read);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-4711", error.ToString(), StringComparison.Ordinal);
    }
}
