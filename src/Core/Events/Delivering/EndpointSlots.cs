using System.Collections.Concurrent;

namespace Millwright.Core.Events.Delivering;

/// <summary>Counts this process's calls of each endpoint, so that one that fails slowly does not take the place of all others.</summary>
internal sealed class EndpointSlots
{
    /// <summary>Calls at a time of an endpoint that is failing.</summary>
    public const int OfFailing = 2;

    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    /// <summary>Begins a call.</summary>
    /// <returns>False, and nothing begun, if the endpoint is failing and has as many as it may.</returns>
    public bool TryEnter(string endpointId, bool failing)
    {
        if (_underWay.AddOrUpdate(endpointId, 1, (_, count) => count + 1) <= OfFailing || !failing)
        {
            return true;
        }

        Leave(endpointId);
        return false;
    }

    /// <summary>Ends a call.</summary>
    public void Leave(string endpointId)
    {
        // Only the one that is still 0 is removed: another call may have begun meanwhile.
        if (_underWay.AddOrUpdate(endpointId, 0, (_, count) => count - 1) == 0)
        {
            _underWay.TryRemove(new KeyValuePair<string, int>(endpointId, 0));
        }
    }
}
