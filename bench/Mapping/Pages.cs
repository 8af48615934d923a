using System.Globalization;
using System.Text;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Tryton.Values;
using Millwright.Core.Entities;

namespace Millwright.Bench.Mapping;

/// <summary>Made-up pages, the same in every run.</summary>
internal static class Pages
{
    public static RecordPlan Plan(SourceSystem source)
    {
        var definition = source == SourceSystem.Rest ? DefinitionLoader.Load("orders.yaml", Orders()) : DefinitionLoader.LoadAll().Single(d => d.Provider == "tryton");
        return RecordPlan.Compile(
            EntityModel.Default.Find("purchase-orders")!,
            definition.Entities["purchase-orders"],
            source == SourceSystem.Rest ? ValueDialect.Json : TrytonDialect.Instance);
    }

    public static byte[] Create(SourceSystem source, int records)
    {
        Func<int, int, string> order = source == SourceSystem.Rest ? RestOrder : TrytonOrder;
        return Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(1, records).Select(i => order(i, 2 + (i * 7 % 4)))) + "]");
    }

    private static string RestOrder(int i, int lines) => Invariant(
        $$$"""
        {"id":"po_{{{i}}}","number":"PO-{{{i:D6}}}","external_reference":null,"title":"Bearings and filters for line {{{i % 9}}}","memo":"Deliver to the \"north\" gate, caf\u00e9 entrance","state":"approved","vendor_id":"ven_{{{i % 40}}}","site_id":"sit_1001","location_id":null,"requested_by":"usr_{{{i % 12}}}","approved_by":"usr_7","order_date":"2026-11-{{{1 + (i % 28):D2}}}","need_by":"2026-12-{{{1 + (i % 28):D2}}}","approved_at":{{{1795432350 + i}}},"closed_at":null,"currency":"EUR","payment_terms":"Net 30","shipping":{"method":"Road","shipped_on":null,"address":{"street":"1 Main St","city":"Springfield","zip":"12345","country":"US"}},"billing_address":{"street":"1 Main St","city":"Springfield","zip":"12345","country":"US"},"tax_rate":19,"totals":{"net":{{{i}}}.50,"tax":{{{i % 100}}}.10,"gross":{{{i}}}.60},"lines":[{{{Lines(lines, n => RestLine(i, n))}}}],"notes":null,"custom":{"cost_center":"CC-{{{i % 5}}}"},"created_at":"2026-11-23T11:12:22.012193Z","updated_at":"2026-11-23T12:12:22+01:00","version":{{{i}}}}
        """);

    private static string TrytonOrder(int i, int lines) => Invariant(
        $$$"""
        {"id":{{{i}}},"purchase_date":{"__class__":"date","year":2026,"month":11,"day":{{{1 + (i % 28)}}}},"write_date":null,"create_date":{{{Time(i)}}},"party":{{{i % 40}}},"create_uid":2,"number":"{{{i}}}","reference":"EXT-{{{i}}}","description":"Bearings and filters","comment":null,"state":"processing","warehouse":5,"company":1,"currency":1,"delivery_date":null,"_timestamp":"1795432350.675952","untaxed_amount":{{{Amount(i)}}},"tax_amount":{{{Amount(0)}}},"total_amount":{{{Amount(i)}}},"payment_term.":{"name":"Net 30","id":1},"invoice_address.":{"party_name":"ACME Industrial Supply","street":"1 Main St","postal_code":"12345","city":"Springfield","subdivision.":{"name":"Oregon","id":3},"country.":{"code":"US","id":9},"id":2},"lines.":[{{{Lines(lines, n => TrytonLine(i, n))}}}]}
        """);

    private static string RestLine(int i, int n) => Invariant(
        $$$"""
        {"id":"pol_{{{i}}}_{{{n}}}","position":"{{{n}}}","item_id":"itm_{{{n + i}}}","description":"Ball bearing 6204","qty":{{{n}}}.5,"qty_received":0,"unit":"pcs","unit_price":{{{n}}}.2000,"tax_rate":19,"net":{{{n * 3}}}.30,"need_by":"2026-12-01","account_id":null,"notes":null}
        """);

    private static string TrytonLine(int i, int n) => Invariant(
        $$$"""
        {"id":{{{n}}},"product":{{{n + i}}},"type":"line","description":null,"quantity":{{{n}}}.0,"actual_quantity":null,"unit":1,"unit_price":{{{Amount(n)}}},"amount":{{{Amount(n * 3)}}},"note":null,"delivery_date":null,"create_date":{{{Time(n)}}},"write_date":null,"product.":{"code":"BRG-6204","id":1,"template.":{"name":"Ball bearing 6204","id":1}},"unit.":{"symbol":"u","id":1}}
        """);

    private static string Amount(int n) => Invariant($$$"""{"__class__":"Decimal","decimal":"{{{n}}}.2000"}""");

    private static string Time(int n) => Invariant($$$"""{"__class__":"datetime","year":2026,"month":11,"day":23,"hour":11,"minute":12,"second":{{{n % 60}}},"microsecond":12193}""");

    private static string Lines(int count, Func<int, string> line) => string.Join(',', Enumerable.Range(1, count).Select(line));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Orders()
    {
        using var reader = new StreamReader(typeof(Pages).Assembly.GetManifestResourceStream("orders.yaml")!);
        return reader.ReadToEnd();
    }
}
