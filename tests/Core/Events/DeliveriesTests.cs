using System.Text;
using Millwright.Core.Errors;
using Millwright.Core.Events.Delivering;
using Millwright.Core.Events.Endpoints;

namespace Millwright.Core.Tests.Events;

/// <summary>Sending events on their way: to whom, once, and however large.</summary>
public sealed class DeliveriesTests : IAsyncDisposable
{
    private readonly DeliveryDomain _domain = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("*", null, true)]
    [InlineData("purchase-orders.*", null, true)]
    [InlineData("purchase-orders.updated", "connection-1", true)]
    [InlineData("purchase-orders.created", null, false)]
    [InlineData("vendors.*", null, false)]
    [InlineData("*", "connection-2", false)]
    public void An_endpoint_wants_the_types_and_connections_that_it_chose(string type, string? connection, bool wants)
    {
        var settings = new EndpointSettings(DeliveryDomain.Url, [type], connection is null ? null : [connection], "", true);
        var happened = DeliveryDomain.Event("event-1", _domain.Time.GetUtcNow());

        Assert.Equal(wants, new EventEndpoint("e", DeliveryDomain.Application, settings, happened.At).Wants(happened));
        Assert.False(new EventEndpoint("e", DeliveryDomain.Application, settings with { Enabled = false }, happened.At).Wants(happened));
    }

    [Fact]
    public void An_event_about_no_connection_is_not_for_an_endpoint_of_some()
    {
        var happened = DeliveryDomain.Event("event-1", _domain.Time.GetUtcNow(), connection: null);

        Assert.False(new EventEndpoint("e", "a", new EndpointSettings("", ["*"], ["connection-1"], "", true), happened.At).Wants(happened));
        Assert.True(new EventEndpoint("e", "a", new EndpointSettings("", ["*"], null, "", true), happened.At).Wants(happened));
    }

    [Fact]
    public async Task Each_endpoint_that_wants_an_event_gets_it()
    {
        var (first, _) = await _domain.MakeEndpointAsync();
        var (second, _) = await _domain.MakeEndpointAsync(types: "purchase-orders.updated");
        var (other, _) = await _domain.MakeEndpointAsync(types: "vendors.*");

        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        await _domain.HandleNextAsync();
        await _domain.NothingDueAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(first)).State);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(second)).State);
        Assert.Empty(await _domain.ListAsync(other));
    }

    [Fact]
    public async Task An_event_that_is_sent_on_its_way_again_is_delivered_once()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        await _domain.HappenAsync();
        await _domain.HandleNextAsync();
        await _domain.HappenAsync();
        _domain.Time.Advance(TimeSpan.FromDays(2));
        await _domain.HappenAsync();

        await _domain.NothingDueAsync();

        Assert.Single(_domain.Receiver.Received);
        Assert.Single(await _domain.ListAsync(endpoint));
    }

    [Fact]
    public async Task What_was_written_but_not_sent_before_a_crash_is_sent_when_it_is_done_again()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        _domain.Sender.Down = true;
        await Assert.ThrowsAsync<IOException>(() => _domain.HappenAsync());
        _domain.Sender.Down = false;
        Assert.Equal(DeliveryState.Pending, Assert.Single(await _domain.ListAsync(endpoint)).State);

        await _domain.HappenAsync();
        await _domain.HandleNextAsync();

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(endpoint)).State);
    }

    [Fact]
    public async Task An_event_larger_than_a_row_or_a_message_arrives_whole()
    {
        var (endpoint, secret) = await _domain.MakeEndpointAsync();

        var happened = await _domain.HappenAsync(size: 3_000_000);
        await _domain.HandleNextAsync();

        var received = Assert.Single(_domain.Receiver.Received);
        Assert.Equal(happened.Json.ToArray(), received.Body);
        Assert.True(received.IsSignedWith(secret));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _domain.ListAsync(endpoint)).State);
    }

    [Fact]
    public async Task A_large_event_that_is_no_longer_kept_is_given_up_and_nobody_is_blamed()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync(size: 100_000);
        var blob = Assert.Single(await _domain.ListAsync(endpoint)).Blob!;
        await _domain.Store.Blobs.DeleteAsync(blob, Cancel);

        await _domain.HandleNextAsync();

        Assert.Equal(DeliveryState.Failed, Assert.Single(await _domain.ListAsync(endpoint)).State);
        Assert.Null((await _domain.ReadAsync(endpoint)).FailingSince);
        Assert.Empty(_domain.Receiver.Received);
    }

    [Fact]
    public async Task The_log_is_paged_from_the_latest_event_back_through_the_months()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        for (var n = 1; n <= 5; n++)
        {
            await _domain.HappenAsync($"event-{n}");
            _domain.Time.Advance(TimeSpan.FromDays(10));
        }

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _domain.Log.ListAsync(endpoint.Id, cursor, 2, Cancel).ToListAsync(Cancel);
            read.AddRange(page.Select(d => d.EventId));
            cursor = page.Count == 2 ? page[^1].Id : null;
        }
        while (cursor is not null);

        Assert.Equal(["event-5", "event-4", "event-3", "event-2", "event-1"], read);
        Assert.Equal(3, await _domain.Store.Tables.ListAsync(DeliveryLog.TablePrefix, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task A_month_goes_as_a_whole_with_its_blobs()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync("event-1", size: 100_000);
        _domain.Time.Advance(TimeSpan.FromDays(30));
        await _domain.HappenAsync("event-2", size: 100_000);
        var blobs = (await _domain.ListAsync(endpoint)).ConvertAll(d => d.Blob!);

        Assert.Equal(["Deliveries202611"], await _domain.Log.DropOldAsync(TimeSpan.Zero, Cancel));

        Assert.Equal("event-2", Assert.Single(await _domain.ListAsync(endpoint)).EventId);
        Assert.NotNull(await _domain.Store.Blobs.GetAsync(blobs[0], Cancel));
        Assert.Null(await _domain.Store.Blobs.GetAsync(blobs[1], Cancel));
        await _domain.HandleNextAsync();
        await _domain.HandleNextAsync();
        Assert.Single(_domain.Receiver.Received);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("7FFFFFFFFFFFFFFF00000000000000000000000000000000")]
    [InlineData("2b5ad8a6d1a0000000000000000000000000000000000000000")]
    public void What_is_no_deliverys_id_is_no_cursor(string text) => Assert.False(DeliveryLog.IsCursor(text));

    [Fact]
    public async Task A_sample_is_sent_to_the_endpoint_whatever_it_wants()
    {
        var (endpoint, secret) = await _domain.MakeEndpointAsync(types: "vendors.*");

        var sent = await _domain.Deliveries.TestAsync(endpoint, "purchase-orders.updated", Cancel);
        await _domain.HandleNextAsync();

        var received = Assert.Single(_domain.Receiver.Received);
        Assert.Equal(sent.EventId, received.Headers["webhook-id"]);
        Assert.True(received.IsSignedWith(secret));
        Assert.Contains("\"type\":\"purchase-orders.updated\"", Encoding.UTF8.GetString(received.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_endpoint_is_sent_nothing()
    {
        var (endpoint, _) = await _domain.MakeEndpointAsync();
        await _domain.HappenAsync();
        endpoint = await _domain.Service.UpdateAsync(DeliveryDomain.Application, endpoint.Id, s => s with { Enabled = false }, Cancel);

        await _domain.HandleNextAsync();
        await _domain.HappenAsync("event-2");
        await _domain.NothingDueAsync();

        Assert.Equal(DeliveryState.Failed, Assert.Single(await _domain.ListAsync(endpoint)).State);
        Assert.Empty(_domain.Receiver.Received);
        var test = await Assert.ThrowsAsync<ApiException>(() => _domain.Deliveries.TestAsync(endpoint, "vendors.created", Cancel));
        var again = await Assert.ThrowsAsync<ApiException>(() => _domain.Deliveries.RedeliverAsync(endpoint, "x", Cancel));
        Assert.Equal((ErrorCode.Conflict, ErrorCode.Conflict), (test.Code, again.Code));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
