using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tables;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Tables;

/// <summary>A table that was dropped a moment ago. Azurite drops at once, so its answer is played here.</summary>
public sealed class DroppedTableTests : IAsyncLifetime
{
    private LoopbackServer _server = null!;
    private AzureTableStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 409;
            context.Response.ContentType = "application/json";
            context.Response.Headers["x-ms-error-code"] = "TableBeingDeleted";
            return context.Response.WriteAsync("""{"odata.error":{"code":"TableBeingDeleted","message":{"value":"The specified table is being deleted."}}}""");
        });
        var options = new TableClientOptions { Transport = _server.Transport }.WithDefaults();
        _store = new AzureTableStore(new TableServiceClient(new Uri("https://account.table.core.windows.net"), new StaticCredential(), options));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_new_row_is_refused_with_the_reason()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Table("Dropped").TryInsertAsync(new TableRow("p", "r"), Cancel));
        Assert.Contains("'Dropped' was dropped", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_is_refused_with_the_reason() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _store.Table("Dropped").TryTransactAsync([new TableWrite.Insert(new TableRow("p", "r"))], Cancel));

    [Fact]
    public async Task It_holds_no_rows()
    {
        var table = _store.Table("Dropped");
        Assert.Null(await table.GetAsync("p", "r", Cancel));
        Assert.Empty(await table.QueryAsync("p", RowRange.All, Cancel).ToListAsync(Cancel));
        Assert.False(await table.DeleteAsync("p", "r", Cancel));
        Assert.Null(await table.TryReplaceAsync(new TableRow("p", "r") { ETag = "W/\"1\"" }, Cancel));
    }

    [Fact]
    public async Task Dropping_it_again_does_nothing()
    {
        await _store.DropAsync("Dropped", Cancel);
        Assert.Equal("DELETE", Assert.Single(_server.Requests).Method);
    }
}
