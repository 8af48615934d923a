using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tests;

public sealed class EmbeddedStoreTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryStore _files;

    public EmbeddedStoreTests() => _files = new TemporaryStore(_time, new QueueDefinition("q"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task What_was_written_is_there_after_closing_and_opening()
    {
        await _files.Store.Tables.Table("Rows").TryInsertAsync(new TableRow("p", "r"), Cancel);
        await _files.Store.Blobs.PutAsync("b", new byte[] { 1 }, Cancel);
        await _files.Store.Vault.SetAsync("s", "secret", Cancel);
        await _files.Store.Sender.SendAsync("q", new QueueMessage("m", "body"), Cancel);
        await _files.CloseAsync();

        Assert.NotNull(await _files.Store.Tables.Table("Rows").GetAsync("p", "r", Cancel));
        Assert.Equal([1], await _files.Store.Blobs.GetAsync("b", Cancel));
        Assert.Equal("secret", await _files.Store.Vault.GetAsync("s", Cancel));
        Assert.Equal("m", (await _files.Store.Receiver.ReceiveAsync("q", Cancel)).Message.MessageId);
    }

    [Fact]
    public void A_file_in_use_is_refused_with_its_path()
    {
        _ = _files.Store;
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains($"'{_files.Path}' is in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_could_not_be_opened_is_free_again()
    {
        _ = _files.Store;
        await _files.CloseAsync();
        SetVersion(99);
        Assert.Throws<InvalidOperationException>(() => _files.Open());
        SetVersion(1);
        Assert.NotNull(_files.Store);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        _ = _files.Store;
        await _files.CloseAsync();
        SetVersion(2);
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains("schema version 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_ends_with_the_process_that_held_it()
    {
        await _files.Store.Sender.SendAsync("q", new QueueMessage("m", ""), Cancel);
        await _files.Store.Receiver.ReceiveAsync("q", Cancel);
        await _files.CloseAsync();
        Assert.Equal(2, (await _files.Store.Receiver.ReceiveAsync("q", Cancel)).DeliveryCount);
    }

    [Fact]
    public async Task Scheduled_messages_and_remembered_ids_outlive_the_process()
    {
        _files.Queues = [new QueueDefinition("q") { DuplicateWindow = TimeSpan.FromHours(1) }];
        await _files.Store.Sender.SendAsync("q", new QueueMessage("later", "") { ScheduledAt = _time.GetUtcNow().AddMinutes(1) }, Cancel);
        await _files.CloseAsync();
        await _files.Store.Sender.SendAsync("q", new QueueMessage("later", ""), Cancel);
        await _files.Store.Sender.SendAsync("q", new QueueMessage("now", ""), Cancel);
        var now = await _files.Store.Receiver.ReceiveAsync("q", Cancel);
        Assert.Equal("now", now.Message.MessageId);
        Assert.True(await _files.Store.Receiver.CompleteAsync(now, Cancel));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("later", (await _files.Store.Receiver.ReceiveAsync("q", Cancel)).Message.MessageId);
    }

    [Fact]
    public async Task Sessions_are_not_switched_on_while_the_queue_holds_messages()
    {
        await _files.Store.Sender.SendAsync("q", new QueueMessage("m", ""), Cancel);
        await _files.CloseAsync();
        _files.Queues = [new QueueDefinition("q") { RequiresSession = true }];
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains("'q' holds messages", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_switched_on_once_the_queue_is_empty()
    {
        _ = _files.Store;
        await _files.CloseAsync();
        _files.Queues = [new QueueDefinition("q") { RequiresSession = true }];
        await Assert.ThrowsAsync<StorageLimitException>(() => _files.Store.Sender.SendAsync("q", new QueueMessage("m", ""), Cancel));
    }

    public static TheoryData<QueueDefinition> BadQueues =>
    [
        new QueueDefinition(""),
        new QueueDefinition("a/b"),
        new QueueDefinition("q") { MaxDeliveryCount = 0 },
        new QueueDefinition("q") { LockDuration = TimeSpan.Zero },
        new QueueDefinition("q") { LockDuration = QueueLimits.Lock + TimeSpan.FromTicks(1) },
        new QueueDefinition("q") { DuplicateWindow = QueueLimits.DuplicateWindow + TimeSpan.FromTicks(1) },
        new QueueDefinition("q") { DuplicateWindow = TimeSpan.FromTicks(-1) },
    ];

    [Theory]
    [MemberData(nameof(BadQueues))]
    public void A_queue_outside_the_bounds_is_refused(QueueDefinition queue)
    {
        _files.Queues = [queue];
        Assert.Throws<StorageLimitException>(() => _files.Open());
    }

    [Fact]
    public void Two_queues_of_one_name_are_refused()
    {
        _files.Queues = [new QueueDefinition("q"), new QueueDefinition("q")];
        Assert.Throws<ArgumentException>(() => _files.Open());
    }

    [Fact]
    public async Task A_waiting_receiver_ends_when_the_store_closes()
    {
        var waiting = _files.Store.Receiver.ReceiveAsync("q", Cancel);
        await _files.CloseAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task A_closed_store_refuses_reads_and_writes()
    {
        var table = _files.Store.Tables.Table("Rows");
        await _files.CloseAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => table.GetAsync("p", "r", Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => table.TryInsertAsync(new TableRow("p", "r"), Cancel));
    }

    [Fact]
    public async Task Every_port_is_registered_on_one_store_that_closes_with_the_container()
    {
        var path = Path.Combine(Path.GetDirectoryName(_files.Path)!, "new", "folder", "a.db");
        var options = new EmbeddedOptions { Path = path, Queues = [new("q")] };
        await using (var services = new ServiceCollection().AddEmbeddedStorage(options).BuildServiceProvider())
        {
            Assert.Same(services.GetRequiredService<EmbeddedStore>().Tables, services.GetRequiredService<ITableStore>());
            Assert.Same(services.GetRequiredService<IQueueReceiver>(), services.GetRequiredService<IQueueSender>());
            await services.GetRequiredService<IVault>().SetAsync("s", "secret", Cancel);
            await services.GetRequiredService<IBlobs>().PutAsync("b", new byte[] { 1 }, Cancel);
        }

        await using var again = new ServiceCollection().AddEmbeddedStorage(options).BuildServiceProvider();
        Assert.Equal("secret", await again.GetRequiredService<IVault>().GetAsync("s", Cancel));
    }

    private void SetVersion(int version)
    {
        using var session = new SqliteSession(_files.Path);
        session.Execute($"PRAGMA user_version = {version}");
    }
}
