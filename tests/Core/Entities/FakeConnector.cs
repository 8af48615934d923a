using System.Text;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Entities;

/// <summary>A connector that can do little and a system that keeps what it is asked.</summary>
internal sealed class FakeConnector : IConnector, IConnectorCatalogue, IConnectedSystem
{
    private static readonly FieldCapability Plain = new(true, true, [FilterOperator.Equal], true);

    public List<EntityRequest> Requests { get; } = [];

    public IWebhookFormat? Webhooks => null;

    public Platform Platform { get; } = new("fake", "Fake ERP", ["erp"], [], "", new Dictionary<string, EntityCapability>
    {
        ["purchase-orders"] = new(
            "purchase-orders",
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["list"] = [],
                ["get"] = [],
                ["create"] = ["vendorKey", "lineItems.materialKey"],
                ["update"] = [],
                ["set-status"] = [],
            },
            new Dictionary<string, FieldCapability>
            {
                ["key"] = new(true, false, [FilterOperator.Equal], true),
                ["vendorKey"] = Plain,
                ["title"] = new(true, true, [FilterOperator.Contains], false),
                ["lineItems.materialKey"] = Plain,
                ["lineItems.quantity"] = Plain,
            },
            PagingStyle.Page,
            HasReference: true,
            new Dictionary<string, string> { ["draft"] = "Draft", ["approved"] = "Approved" }),
        ["receipts"] = new(
            "receipts", new Dictionary<string, IReadOnlyList<string>> { ["list"] = [] }, new Dictionary<string, FieldCapability>(), PagingStyle.Cursor, false, new Dictionary<string, string>()),
    });

    public IReadOnlyList<IConnector> All => [this];

    public IConnector? Find(string provider) => provider == "fake" ? this : null;

    public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens) => this;

    public Task ProveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(new EntityResult(Encoding.UTF8.GetBytes("""{"key":"1"}""")));
    }

    public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken) =>
        Task.FromResult<EntityResult?>(null);

    public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is listed here.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
