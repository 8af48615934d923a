using System.Text.Json;
using Millwright.Core.Polling;
using Millwright.Functions.Http;

namespace Millwright.Functions.Polling;

/// <summary>The body of <c>PUT /api/system/connections/{id}/sync</c>. What it leaves out stays as it is.</summary>
internal static class SyncSettingsBody
{
    /// <summary>The most entities that can be named.</summary>
    public const int MaxEntities = 100;

    /// <summary>The longest name of one.</summary>
    public const int MaxNameLength = 64;

    private static readonly TimeSpan Shortest = SyncSettings.ShortestInterval;
    private static readonly TimeSpan Longest = SyncSettings.LongestInterval;

    public static Func<SyncSettings, SyncSettings> Parse(JsonElement body)
    {
        var json = new JsonBody(
            body,
            "enabled",
            "entities",
            "start",
            "interval_seconds",
            "interval_with_webhooks_seconds",
            "webhook_window_seconds",
            "compare_interval_seconds",
            "requests_per_minute",
            "intervals");
        var enabled = json.OptionalFlag("enabled");
        var entities = json.OptionalList("entities", MaxEntities, MaxNameLength);
        var start = json.OptionalChoice<SyncStart>("start");
        var interval = json.OptionalSeconds("interval_seconds", Shortest, Longest);
        var withWebhooks = json.OptionalSeconds("interval_with_webhooks_seconds", Shortest, Longest);
        var window = json.OptionalSeconds("webhook_window_seconds", Shortest, Longest);
        var compare = json.OptionalSeconds("compare_interval_seconds", Shortest, Longest);
        var requests = json.OptionalNumber("requests_per_minute", SyncSettings.MostRequestsPerMinute);
        var intervals = json.OptionalSecondsByName("intervals", Shortest, Longest);
        json.Done();

        // Null is all entities; only a body without the field leaves them.
        var allEntities = entities is null && json.Has("entities");
        return settings => new SyncSettings
        {
            Enabled = enabled ?? settings.Enabled,
            Entities = allEntities ? null : entities ?? settings.Entities,
            Start = start ?? settings.Start,
            Interval = interval ?? settings.Interval,
            IntervalWithWebhooks = withWebhooks ?? settings.IntervalWithWebhooks,
            WebhookWindow = window ?? settings.WebhookWindow,
            CompareInterval = compare ?? settings.CompareInterval,
            RequestsPerMinute = requests ?? settings.RequestsPerMinute,
            Intervals = intervals ?? settings.Intervals,
        };
    }
}
