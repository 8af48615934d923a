using System.Text;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Webhooks;
using Millwright.Core.Entities;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors.Tests.Webhooks;

/// <summary>Webhook formats from the YAML of their section, on a small connector.</summary>
internal static class Formats
{
    public static IWebhookFormat Compile(string webhooks, string vendorKey = "{path: id}", ValueDialect? dialect = null)
    {
        var yaml = $$$"""
            provider: test
            name: Test
            areas: [erp]
            protocol: rest
            credentials: []
            webhooks:
            {{{Indent(webhooks)}}}
            entities:
              purchase-orders:
                resource: orders
                key: meta.uid
                fields: {orderNo: number, orderDate: {path: day, as: date}, lineItems: {list: lines, fields: {key: id, quantity: qty}} }
                operations: [get]
              materials: {resource: items, keyAs: integer-key, fields: {name: name}, operations: [get]}
              vendors: {resource: vendors, fields: {key: {{{vendorKey}}}, name: name}, operations: [get]}
            """;
        return DefinedWebhooks.Compile(ConnectorPlan.Compile(DefinitionLoader.Load("test/connector.yaml", yaml), EntityModel.Default, dialect ?? ValueDialect.Json))!;
    }

    public static WebhookRequest Request(string body, string query = "", params (string Name, string Value)[] headers) => new(
        new Uri("https://hooks.example.com/w/c1" + query),
        headers.ToDictionary(h => h.Name, h => (IReadOnlyList<string>)[h.Value], StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetBytes(body));

    public static WebhookNotice Read(this IWebhookFormat format, string body) => format.Read(Encoding.UTF8.GetBytes(body));

    public static string? RecordOf(this IWebhookFormat format, string body) =>
        format.RecordOf(Encoding.UTF8.GetBytes(body)) is { } record ? Encoding.UTF8.GetString(record.Span) : null;

    private static string Indent(string yaml) => string.Join('\n', yaml.Split('\n').Select(line => "  " + line));
}
