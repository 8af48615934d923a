using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Millwright.Connectors.Mapping;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>What was read, written and read again is the same, whatever the values.</summary>
public sealed class RoundTripTests
{
    private static readonly RecordPlan Plan = Plans.Compile("""
        number: ref.no
        vendorKey: {path: ref.vendor, as: integer-key}
        statusKey: {path: state, map: {open: [1, 2], closed: done}}
        priority: prio
        weight: kg
        total: {path: amount, as: decimal-text}
        isOpen: {path: open, map: {true: Y, false: N}}
        orderDate: ordered
        updatedAt: {path: updated, as: epoch-millis}
        address: {path: ship.to, object: {street: line1, city: town}}
        lineItems: {list: lines, fields: {materialKey: item.id, quantity: qty, notes: {list: remarks}}}
        tags: {list: labels}
        customFields: custom
        """, "key: uid");

    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char['\u0000', '\u07ff'], Gen.Char['"', '\\']), 0, 12];
    private static readonly Gen<decimal> Amount = Gen.Select(Gen.UInt, Gen.Bool, Gen.Byte[0, 9], (n, negative, scale) => new decimal((int)(n >> 1), 0, 0, negative, scale));

    private static readonly Gen<JsonObject> Line = Gen.Select(
        Text, Amount, Text.Array[0, 3],
        (item, quantity, notes) => new JsonObject { ["item"] = new JsonObject { ["id"] = item }, ["qty"] = quantity, ["remarks"] = Array(notes.Select(n => (JsonNode)n)) });

    private static readonly Gen<JsonObject> Record = Gen.Select(
        Gen.Select(Text, Gen.Long, Gen.OneOf(Gen.Const(() => (JsonNode)1), Gen.Const(() => (JsonNode)"done")), Gen.Int),
        Gen.Select(Amount, Amount, Gen.Bool, Gen.Date),
        Gen.Select(Gen.Long[-62135596800000, 253402300799999], Text, Line.Array[0, 4], Text.Array[0, 3]),
        (a, b, c) => new JsonObject
        {
            ["ref"] = new JsonObject { ["no"] = a.Item1, ["vendor"] = a.Item2 },
            ["state"] = a.Item3.DeepClone(),
            ["prio"] = a.Item4,
            ["kg"] = b.Item1,
            ["amount"] = b.Item2.ToString(CultureInfo.InvariantCulture),
            ["open"] = b.Item3 ? "Y" : "N",
            ["ordered"] = b.Item4.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["updated"] = c.Item1,
            ["ship"] = new JsonObject { ["to"] = new JsonObject { ["line1"] = c.Item2, ["town"] = null } },
            ["lines"] = Array(c.Item3),
            ["labels"] = Array(c.Item4.Select(t => (JsonNode)t)),
            ["custom"] = new JsonObject { [c.Item2] = c.Item1 },
        });

    [Fact]
    public void What_is_read_and_written_back_reads_the_same() => Record.Sample(record =>
    {
        var read = Body(Plan.Read(record.ToJsonString()));
        var again = Body(Plan.Read(Plan.Write(read)));
        return read == again;
    });

    [Fact]
    public void What_is_written_holds_every_value_that_the_source_had() => Record.Sample(record =>
        JsonNode.DeepEquals(record, JsonNode.Parse(Plan.Write(Body(Plan.Read(record.ToJsonString()))))));

    [Fact]
    public void The_order_of_properties_and_strangers_among_them_change_nothing() => Gen.Select(Record, Gen.Int[0, int.MaxValue]).Sample((record, seed) =>
    {
        var random = new Random(seed);
        var shuffled = new JsonObject(record.Append(new("stranger", new JsonObject { ["state"] = 9 })).OrderBy(_ => random.Next()).Select(p => new KeyValuePair<string, JsonNode?>(p.Key, p.Value?.DeepClone())));
        return Plan.ReadAll($"[{record.ToJsonString()},{shuffled.ToJsonString()}]") is var both
            && JsonDocument.Parse(both).RootElement is var records
            && records[0].GetRawText() == records[1].GetRawText();
    });

    private static string Body(string record)
    {
        var body = JsonNode.Parse(record)!.AsObject();
        body.Remove("key");
        return body.ToJsonString();
    }

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
}
