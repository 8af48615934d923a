using System.Text;
using Millwright.Core.Changes;
using Millwright.Core.Connections;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Changes;

/// <summary>Makes observations.</summary>
internal static class Observations
{
    private static int _causes;

    /// <summary>A record as it was read just now; null for one that is gone.</summary>
    public static Observation Read(this WebhookBench bench, string? record, string key = "PO-1") => bench.Brought(record, key) with { ReadAt = bench.Time.GetUtcNow() };

    /// <summary>A record as a webhook brought it just now; null for one that is gone.</summary>
    public static Observation Brought(this WebhookBench bench, string? record, string key = "PO-1") => Of(bench.Connection, record, key) with { ReceivedAt = bench.Time.GetUtcNow() };

    private static Observation Of(Connection connection, string? record, string key) =>
        new(connection.ApplicationId, connection.Id, connection.Provider, FakeSource.Entity, key, record is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(record))
        {
            ReceivedAt = default,
            Cause = $"cause-{Interlocked.Increment(ref _causes)}",
            Source = "webhook",
            RequestId = "req-1",
        };
}
