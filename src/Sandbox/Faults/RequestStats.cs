using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Faults;

/// <summary>Counts a company's requests, by verb and path template, and the most that were in flight at once.</summary>
internal sealed class RequestStats
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private int _inFlight;
    private int _maxInFlight;

    public void Begin(string request)
    {
        lock (_gate)
        {
            _requests[request] = _requests.GetValueOrDefault(request) + 1;
            _maxInFlight = Math.Max(_maxInFlight, ++_inFlight);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _inFlight--;
        }
    }

    public JsonObject Show()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["requests"] = new JsonObject(_requests.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
                ["total"] = _requests.Values.Sum(),
                ["max_in_flight"] = _maxInFlight,
            };
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _requests.Clear();
            _maxInFlight = _inFlight;
        }
    }
}
