using Millwright.Core.Changes;
using Millwright.Core.Errors;

namespace Millwright.Core.Polling;

/// <summary>Finds the records that are known but that a comparison of all records did not come upon.</summary>
public sealed class DeletionSearch(RecordStates states, SeenKeys seen)
{
    /// <summary>
    /// The part of the known records that may be gone at once. More is no deletion but a mistake: a user who lost rights, a filter, an empty
    /// database.
    /// </summary>
    public const double LargestPart = 0.2;

    /// <summary>The keys of those records.</summary>
    /// <param name="run">The poll of the entity.</param>
    /// <param name="walk">The comparison, which has read all pages.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <returns>The keys; null where what it came upon is gone, so that it has to begin again.</returns>
    /// <exception cref="ApiException"><c>MASS_DELETION</c>: too many; nothing was taken as deleted.</exception>
    internal async Task<IReadOnlyList<string>?> FindAsync(EntityRun run, ScanProgress walk, CancellationToken cancellationToken)
    {
        if (await seen.OfAsync(run.Poll.ConnectionId, run.Entity.Name, walk.Pages, cancellationToken) is not { } isSeen)
        {
            return null;
        }

        var known = 0;
        List<string> missing = [];
        await foreach (var record in states.ListLiveAsync(run.Poll.ConnectionId, run.Entity.Name, cancellationToken))
        {
            known++;

            // What came up after the walk had passed its place was not there to be seen; unless a crash broke off telling that it is gone.
            if (!isSeen(record.Key) && (record.IsPending || !(record.ReadAt >= walk.Began || record.EventAt >= walk.Began)))
            {
                missing.Add(record.Key);
            }
        }

        return missing.Count <= known * LargestPart || run.Sync.AcceptsDeletions
            ? missing
            : throw new ApiException(
                ErrorCode.MassDeletion, $"{missing.Count} of {known} known records are no longer listed. That is more than is taken for deletions, so nothing was.");
    }
}
