using System.Text.Json;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Bench;

/// <summary>An event as a reader of the feed sees it.</summary>
internal sealed record SeenEvent(string Id, string Type, DateTimeOffset At, string Key, long Sequence, string? BeforeHash, string? AfterHash, string? Data)
{
    public static SeenEvent Of(FeedEvent e, JsonElement json) => new(
        e.Id,
        e.Type,
        e.At,
        json.GetProperty("key").GetString()!,
        json.GetProperty("sequence").GetInt64(),
        json.GetProperty("beforeHash").GetString(),
        json.GetProperty("afterHash").GetString(),
        json.GetProperty("data") is { ValueKind: not JsonValueKind.Null } data ? data.GetRawText() : null);
}
