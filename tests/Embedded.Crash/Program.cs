using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Storage;
using Millwright.Embedded;

// Writes to the database named by the first argument until it is killed. Each line says what has been acknowledged by then, or is about to
// be completed: what was done and an id, which starts with the second argument so that no two runs share one.
const int TransactionRows = 10;
var (path, run) = (args[0], args[1]);
using var random = RandomNumberGenerator.Create();
var options = new EmbeddedOptions { Path = path, Queues = [new QueueDefinition("orders") { RequiresSession = true }] };
await using var store = EmbeddedStore.Open(options, TimeProvider.System, random, NullLogger<EmbeddedStore>.Instance);
var table = store.Tables.Table("Rows");

await Task.WhenAll(
    [.. Many(6, InsertAsync), .. Many(3, TransactAsync), .. Many(6, SendAsync), .. Many(3, CompleteAsync), .. Many(2, KeepAsync)]);

IEnumerable<Task> Many(int count, Func<string, Task> write) => Enumerable.Range(0, count).Select(worker => Task.Run(async () =>
{
    for (var i = 0; ; i++)
    {
        await write($"{run}.{worker}.{i}");
    }
}));

async Task InsertAsync(string id)
{
    await table.TryInsertAsync(new TableRow("inserted", id), default);
    Acknowledge("inserted", id);
}

async Task TransactAsync(string id)
{
    var rows = Enumerable.Range(0, TransactionRows).Select(i => new TableWrite.Insert(new TableRow("transacted." + id, $"{i}")));
    await table.TryTransactAsync([.. rows], default);
    Acknowledge("transacted", id);
}

async Task SendAsync(string id)
{
    await store.Sender.SendAsync("orders", new QueueMessage(id, id) { SessionId = id[..^1] }, default);
    Acknowledge("sent", id);
}

async Task CompleteAsync(string id)
{
    var delivery = await store.Receiver.ReceiveAsync("orders", default);
    Acknowledge("completing", delivery.Message.MessageId);
    if (await store.Receiver.CompleteAsync(delivery, default))
    {
        Acknowledge("completed", delivery.Message.MessageId);
    }
}

async Task KeepAsync(string id)
{
    await store.Blobs.PutAsync(id, new byte[100_000], default);
    await store.Vault.SetAsync(id.Replace('.', '-'), id, default);
    Acknowledge("kept", id);
}

// Whole lines only, and out of this process at once: the pipe outlives it.
static void Acknowledge(string what, string id)
{
    lock (Console.Out)
    {
        Console.Out.WriteLine($"{what} {id}");
        Console.Out.Flush();
    }
}
