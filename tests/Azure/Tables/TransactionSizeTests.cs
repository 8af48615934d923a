using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tables;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Tables;

/// <summary>What the limits let through is within Azure's bound for a request's content, whatever the rows hold.</summary>
public sealed class TransactionSizeTests : IAsyncLifetime
{
    private LoopbackServer _server = null!;
    private AzureTableStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        var options = new TableClientOptions { Transport = _server.Transport }.WithDefaults();
        _store = new AzureTableStore(new TableServiceClient(new Uri("https://account.table.core.windows.net"), new StaticCredential(), options));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string> Fillings => ["quotes", "umlauts", "letters", "bytes", "numbers"];

    [Theory]
    [MemberData(nameof(Fillings))]
    public async Task The_largest_transaction_that_passes_the_limits_is_within_4_MiB(string filling)
    {
        var writes = Largest(filling);
        await Assert.ThrowsAsync<RequestFailedException>(() => _store.Table("Sized").TryTransactAsync(writes, Cancel));
        var length = long.Parse(Assert.Single(_server.Requests).Header("Content-Length")!, CultureInfo.InvariantCulture);
        Assert.InRange(length, 1, TableLimits.TransactionBytes);
    }

    private static List<TableWrite> Largest(string filling)
    {
        var writes = new List<TableWrite>();
        while (writes.Count < TableLimits.TransactionWrites)
        {
            writes.Add(new TableWrite.Insert(Row(filling, writes.Count)));
            try
            {
                TableLimits.CheckTransaction(writes);
            }
            catch (StorageLimitException)
            {
                writes.RemoveAt(writes.Count - 1);
                return writes;
            }
        }

        return writes;
    }

    private static TableRow Row(string filling, int number)
    {
        var key = new string('é', TableLimits.KeyLength - 3);
        object value = filling switch
        {
            "quotes" => new string('"', 2_000),
            "umlauts" => new string('ü', 2_000),
            "letters" => new string('x', 2_000),
            "bytes" => Enumerable.Repeat((byte)0xFB, 2_000).ToArray(),
            _ => long.MinValue,
        };
        return new TableRow(key, $"{key}{number:D3}")
        {
            Properties = Enumerable.Range(0, 20).ToDictionary(i => $"Property{i:D2}", _ => value, StringComparer.Ordinal),
        };
    }
}
