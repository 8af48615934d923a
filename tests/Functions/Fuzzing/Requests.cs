using CsCheck;
using Millwright.Core.Entities;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>Requests near to right ones.</summary>
/// <param name="model">Whose entities and fields are asked for.</param>
/// <param name="application">A token.</param>
/// <param name="customer">A token of a connection that no request ends.</param>
/// <param name="connection">The id of another connection.</param>
/// <param name="endpoint">The id of a webhook endpoint.</param>
/// <param name="sandbox">The address of a system.</param>
internal sealed class Requests(EntityModel model, string application, string customer, string connection, string endpoint, Uri sandbox)
{
    private static readonly Gen<string> Verb = Gen.Frequency(
        (8, Gen.Const("GET")), (5, Gen.Const("POST")), (5, Gen.Const("PUT")), (1, Gen.Const("DELETE")), (1, Gen.OneOf("PATCH", "HEAD", "OPTIONS", "TRACE", "get", "X-Y")));

    private static readonly (string Area, string Entity, string Body)[] Entities =
    [
        ("erp", "purchase-orders", "{\"vendorKey\":\"1\",\"orderDate\":\"2026-11-24\",\"title\":\"Fuzz\",\"lineItems\":[{\"materialKey\":\"1\",\"quantity\":\"5\",\"price\":\"4.20\"}]}"),
        ("erp", "vendors", "{\"name\":\"Fuzz\"}"),
        ("eam", "work-orders", "{\"title\":\"Fuzz\"}"),
        ("erp", "inventories", "{\"quantity\":42}"),
        ("erp", "materials", "{\"name\":\"Fuzz\"}"),
    ];

    /// <summary>One request of any kind.</summary>
    public Gen<WireRequest> Any => Gen.Frequency(
        (10, Gen.OneOf(Entities).SelectMany(e => OfEntity(e.Area, e.Entity, e.Body))),
        (4, OfSystem),
        (3, OfEndpoints),
        (2, OfToken),
        (1, Build(Verb, OddTexts.Encoded.Array[0, 6].Select(p => "/" + string.Join('/', p)), OddJson.Body("{}", ["a"]), Bearer(customer))));

    private Gen<WireRequest> OfEntity(string area, string name, string right)
    {
        var entity = model.Find(area, name)!;
        var segment = Gen.Frequency((3, Gen.Int[1, 9].Select(n => $"{n}")), (3, OddTexts.Encoded));
        var tail = Gen.OneOf(
            Gen.Const(""),
            segment.Select(key => $"/{key}"),
            segment.Select(Gen.OneOf("status", "materials", "inventory", "tasks", "lines"), (key, sub) => $"/{key}/{sub}"),
            segment.Select(segment, segment, (key, sub, subKey) => $"/{key}/{sub}/{subKey}"));
        var path = Gen.Frequency(
            (12, tail.Select(t => $"/api/{area}/{name}{t}")),
            (1, OddTexts.Encoded.Select(tail, (odd, t) => $"/api/{odd}/{name}{t}")),
            (1, OddTexts.Encoded.Select(tail, (odd, t) => $"/api/{area}/{odd}{t}")),
            (1, Gen.Const($"/api/{area}/statuses/{name}")));
        var names = entity.Record.Paths.Select(f => f.Name).ToArray();
        var fields = entity.Record.Fields.Select(f => f.Name).Append("statusKey").ToArray();
        return Build(Verb, path.Select(Query(names), (p, q) => p + q), OddJson.Body(right, fields), Bearer(customer));
    }

    private static Gen<string> Query(string[] fields)
    {
        var field = Gen.Frequency((6, Gen.OneOf(fields)), (1, OddTexts.Encoded));
        var op = Gen.OneOf("", ":contains", ":startsWith", ":endsWith", ":gt", ":gteq", ":lt", ":lteq", ":in", ":", ":near", "::", ":%00");
        var name = Gen.OneOf(
            field.Select(op, (f, o) => $"filter[{f}{o}]"),
            field.Select(f => $"sort[{f}]"),
            Gen.OneOf("page", "per_page", "cursor", "raw", "filterMatch", "page[]", "filter", "filter[", "filter[]", "filter[a][b]", "%70age", ""),
            OddTexts.Encoded);
        var value = Gen.Frequency((3, Gen.OneOf("0", "1", "2", "1000", "2147483647", "true", "any", "draft", "2026-11-24", "A")), (4, OddTexts.Encoded));
        var pair = name.Select(value, Gen.OneOf("=", "=", "=", "", "=="), (n, v, sign) => n + sign + v);
        return Gen.Frequency((1, Gen.Const("")), (3, pair.Array[1, 3].Select(p => "?" + string.Join('&', p))));
    }

    private Gen<WireRequest> OfSystem
    {
        get
        {
            var id = Gen.Frequency((4, Gen.Const(connection)), (2, OddTexts.Encoded));
            var path = Gen.OneOf(
                Gen.OneOf("/api/system/connections", "/api/system/platforms", "/api/integrations/current", "/api/system/client", "/docs", "/api/openapi.json", "/api/health/ready", "/"),
                id.Select(Gen.OneOf("", "/token", "/metadata"), (i, t) => $"/api/system/connections/{i}{t}"));
            var address = Gen.OneOf("", " ", "/", "//", "?", "#", "\t", "%", "\\", "/x", "/../..", new string('/', 30_000)).Select(odd => $"{sandbox.ToString().TrimEnd('/')}{odd}");
            var connect = address.Select(Gen.OneOf(Gen.Const("sandbox-fuzz"), OddTexts.Any), (url, key) =>
                System.Text.Json.JsonSerializer.Serialize(new { provider = "sandbox", name = "Fuzz", email = "f@x.test", credentials = new { url, apiKey = key } }));
            var body = Gen.OneOf(
                connect.Select(System.Text.Encoding.UTF8.GetBytes),
                connect.SelectMany(right => OddJson.Body(right, ["provider", "name", "email", "credentials", "expires_in"])),
                OddJson.Body("{\"expires_in\":60}", ["expires_in", "rotate"]),
                OddTexts.Any.Select(OddTexts.Any, (k, v) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new[] { new { key = k, value = v } })),
                OddJson.Body("{\"key\":\"a\",\"value\":\"b\"}", ["key", "value"]).Select(b => (byte[])[(byte)'[', .. b, (byte)']']));

            // Disconnecting would end the fuzz, not the app.
            return Build(Verb, path.Select(Query(["name"]), (p, q) => p + q), body, Bearer(application))
                .Select(r => r.Method == "DELETE" && !r.Target.Contains("/token", StringComparison.Ordinal) ? r with { Method = "GET" } : r);
        }
    }

    private Gen<WireRequest> OfEndpoints
    {
        get
        {
            var id = Gen.Frequency((4, Gen.Const(endpoint)), (1, OddTexts.Encoded));
            var path = Gen.OneOf(
                Gen.Const("/api/system/webhooks"),
                id.Select(Gen.OneOf("", "/test", "/rotate-secret", "/deliveries"), (i, t) => $"/api/system/webhooks/{i}{t}"),
                id.Select(OddTexts.Encoded, (i, d) => $"/api/system/webhooks/{i}/deliveries/{d}/redeliver"));
            var host = Gen.OneOf("127.0.0.1:1", "0x7f.1:1", "[::1]:1", "x!..y", "a@127.0.0.1:1", "[::", "\\", "xn--a!", "%31", new string('a', 300));
            var url = Gen.OneOf(Gen.OneOf("http", "https", "HTTP", "ftp", "").Select(host, (s, h) => $"{s}://{h}/"), OddTexts.Any);
            var settings = url.Select(Gen.OneOf("*", "vendors.*", "vendors.created", "", ".", "*.*"), (u, t) =>
                System.Text.Json.JsonSerializer.Serialize(new { url = u, types = new[] { t }, description = u, enabled = true }));
            var body = Gen.OneOf(
                settings.Select(System.Text.Encoding.UTF8.GetBytes),
                settings.SelectMany(right => OddJson.Body(right, ["url", "types", "connections", "description", "enabled"])),
                OddJson.Body("{\"type\":\"vendors.created\"}", ["type"]));
            return Build(Verb, path.Select(Query(["state"]), (p, q) => p + q), body, Bearer(application))
                .Select(r => r.Method == "DELETE" ? r with { Method = "GET" } : r);
        }
    }

    private static Gen<WireRequest> OfToken
    {
        get
        {
            string[] fields = ["grant_type", "client_id", "client_secret"];
            var form = Gen.OneOf(fields).Select(OddTexts.Encoded, (n, v) => $"{n}={v}").Array[0, 4]
                .Select(p => System.Text.Encoding.Latin1.GetBytes($"grant_type=client_credentials&{string.Join('&', p)}"));
            var json = OddJson.Body("{\"grant_type\":\"client_credentials\",\"client_id\":\"x\",\"client_secret\":\"y\"}", fields);
            var basic = OddTexts.Any.Select(OddTexts.Any, (i, s) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{i}:{s}")));
            var authorization = Gen.Frequency((4, Gen.Const("")), (2, basic), (1, OddTexts.Header.Select(t => "Basic " + t)));
            return Gen.Bool.SelectMany(isForm => Build(Gen.Const("POST"), Gen.Const("/link/token"), isForm ? form : json, authorization)
                .Select(r => isForm ? r with { Headers = [.. r.Headers.Where(h => h.Name != "Content-Type"), ("Content-Type", "application/x-www-form-urlencoded")] } : r));
        }
    }

    private static Gen<string> Bearer(string token) => Gen.Frequency(
        (12, Gen.Const($"Bearer {token}")), (1, OddTexts.Header), (1, OddTexts.Header.Select(t => $"Bearer mwt_{t}")), (1, OddTexts.Header.Select(t => $"bearer  {t}")));

    private static Gen<WireRequest> Build(Gen<string> verb, Gen<string> target, Gen<byte[]> body, Gen<string> authorization)
    {
        var type = Gen.Frequency(
            (16, Gen.Const("application/json")),
            (1, Gen.OneOf("application/json; charset=utf-8", "application/json;charset=\"utf-8\"", "application/json; charset=utf-16", "application/problem+json", "text/plain", "application/", "/", "a/b;c")),
            (1, OddTexts.Header));
        var others = Gen.Frequency(
            (6, Gen.Const(("X-None", "1"))),
            (2, OddTexts.Header.Select(v => ("Idempotency-Key", v))),
            (2, Gen.Int[1, 30].Select(n => ("Idempotency-Key", $"fuzz-{n}"))),
            (1, OddTexts.Header.Select(v => ("X-Request-Id", v))),
            (1, Gen.OneOf("x!..y", "a..b", "!" + new string('a', 80), "[::1]", "xn--a!", "127.0.0.1:99999", "", "a b", "é").Select(v => ("Host", v))),
            (1, OddTexts.Header.Select(v => ("Accept", v))));
        return verb.Select(target, body, authorization, type, others, (v, t, b, a, c, o) => new WireRequest(
            v, t, a.Length == 0 ? [("Content-Type", c), o] : [("Authorization", a), ("Content-Type", c), o], v is "GET" or "HEAD" or "DELETE" ? null : b));
    }
}
