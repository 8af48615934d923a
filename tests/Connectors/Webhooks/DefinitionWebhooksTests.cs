using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;
using Millwright.Core.Events;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Connectors.Tests.Webhooks;

/// <summary>The webhooks of the systems that come with Millwright.</summary>
public sealed class DefinitionWebhooksTests
{
    private static readonly ConnectorCatalogue Catalogue = new(DefinitionLoader.LoadAll, EntityModel.Default, new ConnectorRuntime(TimeProvider.System, () => 0, NullLoggerFactory.Instance));

    private static IWebhookFormat Sandbox => Catalogue.Find("sandbox")!.Webhooks!;

    /// <summary>Every collection of the Sandbox, with the one entity that tells of it.</summary>
    public static TheoryData<string, string> Collections => new(
        ("purchase-orders", "purchase-orders"), ("receipts", "receipts"), ("invoices", "invoices"), ("vendors", "vendors"), ("items", "materials"),
        ("stock-levels", "inventories"), ("assets", "assets"), ("work-orders", "work-orders"), ("service-requests", "service-requests"), ("meters", "meters"),
        ("meter-readings", "meter-readings"), ("companies", "companies"), ("sites", "sites"), ("locations", "locations"), ("storerooms", "storerooms"),
        ("teams", "teams"), ("users", "users"), ("currencies", "currencies"), ("units", "uom"), ("accounts", "accounts"));

    [Fact]
    public void Every_section_compiles() => Assert.All(Catalogue.All, c => Assert.Equal(c.Platform.Provider == "sandbox", c.Webhooks is not null));

    [Theory]
    [MemberData(nameof(Collections))]
    public void A_collection_of_the_Sandbox_tells_of_one_entity(string collection, string entity)
    {
        var notice = Sandbox.Read($$"""{"type":"{{collection}}.created","collection":"{{collection}}","id":"x_1001","version":17,"occurred_at":"2026-11-24T10:00:00.000Z"}""");

        Assert.Equal(new WebhookNotice(entity, "x_1001") { Change = ChangeKind.Created, Version = 17 }, notice);
    }

    [Fact]
    public void Every_collection_of_the_Sandbox_is_told_of()
    {
        var resources = DefinitionLoader.LoadAll().Single(d => d.Provider == "sandbox").Entities.Values.Select(e => e.Resource).Distinct().Order();

        Assert.Equal(resources, Collections.Select(c => c.Data.Item1).Order());
    }

    [Fact]
    public void The_Sandbox_signs_and_numbers_its_webhooks_as_Standard_Webhooks_do()
    {
        Assert.Equal(StandardWebhooks.Scheme, Sandbox.Signature);
        Assert.Equal(TimeSpan.Zero, Sandbox.SettleDelay);
        Assert.Equal("msg_1", Sandbox.IdOf(Formats.Request("{}", "", ("webhook-id", "msg_1"))));
        Assert.Null(Sandbox.AnswerToHandshake(Formats.Request("{}", "?token=x")));
    }

    [Fact]
    public void A_fat_webhook_of_the_Sandbox_carries_the_record_and_a_deletion_does_not()
    {
        const string Fat = """{"type":"vendors.updated","collection":"vendors","id":"ven_1001","version":18,"occurred_at":"2026-11-24T10:00:00.000Z","record":{"id":"ven_1001","number":"V-1001","name":"Globex","active":true,"created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-11-24T10:00:00.000Z","custom":{}}}""";

        using var record = JsonDocument.Parse(Sandbox.RecordOf(Fat)!);

        Assert.Equal("Globex", record.RootElement.GetProperty("name").GetString());
        Assert.Equal(Sandbox.Read(Fat).Key, record.RootElement.GetProperty("key").GetString());
        Assert.Null(Sandbox.RecordOf("""{"type":"vendors.deleted","collection":"vendors","id":"ven_1001","version":19}"""));
        Assert.Equal(ChangeKind.Deleted, Sandbox.Read("""{"type":"vendors.deleted","collection":"vendors","id":"ven_1001","version":19}""").Change);
    }
}
