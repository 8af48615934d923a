using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.Core.Storage;

namespace Millwright.LocalHost.Timers;

/// <summary>Keeps the state of one schedule, in a table if the app has tables, so that a restart sees what was missed.</summary>
internal sealed class ScheduleMonitor(string function, ScheduleTrigger trigger, ITableStore? tables, TimeProvider time, ILogger logger)
{
    private const string Table = "TimerSchedules";
    private const string Partition = "timers";

    private readonly ITable? _table = trigger.UseMonitor ? tables?.Table(Table) : null;

    /// <summary>The state as of the last recorded run; null where the schedule is not monitored.</summary>
    public ScheduleStatus? Status { get; private set; }

    /// <summary>Loads the state.</summary>
    /// <returns>Whether an occurrence was missed. A schedule that is new or was changed has missed none.</returns>
    public async Task<bool> IsPastDueAsync(CancellationToken cancellationToken)
    {
        if (!trigger.UseMonitor)
        {
            return false;
        }

        var row = await ReadAsync(cancellationToken);
        if (row?.Text("Schedule") == trigger.Expression)
        {
            Status = new ScheduleStatus
            {
                Last = row.Time("Last")?.UtcDateTime ?? default,
                Next = row.Time("Next")!.Value.UtcDateTime,
                LastUpdated = row.Time("LastUpdated")!.Value.UtcDateTime,
            };
            return Status.Next < time.GetUtcNow().UtcDateTime;
        }

        await RecordAsync(last: null, trigger.Schedule.Next(time.GetUtcNow()), cancellationToken);
        return false;
    }

    /// <summary>Records the occurrence that was run and the one to come.</summary>
    public async Task RecordAsync(DateTimeOffset? last, DateTimeOffset next, CancellationToken cancellationToken)
    {
        if (!trigger.UseMonitor)
        {
            return;
        }

        var now = time.GetUtcNow();
        Status = new ScheduleStatus { Last = last?.UtcDateTime ?? default, Next = next.UtcDateTime, LastUpdated = now.UtcDateTime };
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Schedule"] = trigger.Expression,
            ["Next"] = next,
            ["LastUpdated"] = now,
        };
        if (last is { } occurrence)
        {
            properties["Last"] = occurrence;
        }

        await WriteAsync(properties, cancellationToken);
    }

    private async Task<TableRow?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _table is null ? null : await _table.GetAsync(Partition, TableKey.Encode(function), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The timer matters more than its memory.
            logger.LogError(e, "The schedule's state could not be read; a missed run is not seen.");
            return null;
        }
    }

    private async Task WriteAsync(Dictionary<string, object> properties, CancellationToken cancellationToken)
    {
        if (_table is null)
        {
            return;
        }

        var row = new TableRow(Partition, TableKey.Encode(function)) { Properties = properties };
        try
        {
            while (await _table.TryInsertAsync(row, cancellationToken) is null)
            {
                if (await _table.GetAsync(row.PartitionKey, row.RowKey, cancellationToken) is { } old
                    && await _table.TryReplaceAsync(row with { ETag = old.ETag }, cancellationToken) is not null)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // At worst the run is made up for again after a restart.
            logger.LogError(e, "The schedule's state could not be written.");
        }
    }
}
