using Millwright.Core.Entities.OpenApi;

namespace Millwright.Functions.Docs;

/// <summary>The routes of polling, as the OpenAPI document shows them.</summary>
internal static class SyncOperations
{
    private const string Data = """{"type":"object","properties":{"data":{"type":"object"}}}""";

    private const string Settings =
        """{"type":"object","properties":{"enabled":{"type":"boolean"},"entities":{"type":["array","null"],"items":{"type":"string"}},"start":{"type":"string","enum":["now","full"]},"interval_seconds":{"type":"integer"},"interval_with_webhooks_seconds":{"type":"integer"},"webhook_window_seconds":{"type":"integer"},"compare_interval_seconds":{"type":"integer"},"requests_per_minute":{"type":"integer"},"intervals":{"type":"object","additionalProperties":{"type":"integer"}}}}""";

    private static readonly OpenApiParameter Connection = new("id", "path", "The connection's key.", """{"type":"string"}""");

    private static readonly int[] Reads = [401, 403, 404, 500, 503];
    private static readonly int[] Writes = [400, 401, 403, 404, 413, 415, 422, 500, 503];

    /// <summary>The operations.</summary>
    public static IReadOnlyList<OpenApiOperation> All { get; } =
    [
        new("get", "/api/sync-status", "getSyncStatus", "sync", "See how the sync of this token's connection stands")
        {
            Description = "By entity: the state (`waiting`, `in_progress`, `done`, `failed`, `backing_off`), last success and attempt, the cursor, when it is polled next, what was read and found changed, the last error.",
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("post", "/api/sync", "requestSync", "sync", "Poll this token's connection now")
        {
            Description = "`entities` limits it to some; `compare` also compares all records with what is known, by which deletions are found; `accept_deletions` lets that comparison find any number of records gone. Each entity that is named tells of its end by a `sync.completed`.",
            Body = """{"type":"object","properties":{"entities":{"type":["array","null"],"items":{"type":"string"}},"compare":{"type":"boolean"},"accept_deletions":{"type":"boolean"}}}""",
            BodyExample = """{"entities":["purchase-orders"]}""",
            Answer = Data,
            Errors = [.. Writes, 429],
            Extension = true,
        },
        new("get", "/api/system/connections/{id}/sync", "getConnectionSync", "sync", "Get the sync settings of a connection, and how it stands")
        {
            Parameters = [Connection],
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("put", "/api/system/connections/{id}/sync", "configureConnectionSync", "sync", "Change the sync settings of a connection")
        {
            Description = "Fields that are left out stay as they are. `start` is what the first sync tells of the records that are there already: `now` nothing, `full` each as created. A poll by the new settings follows at once.",
            Parameters = [Connection],
            Body = Settings,
            BodyExample = """{"interval_seconds":300,"intervals":{"inventories":900},"requests_per_minute":60}""",
            Answer = Data,
            Errors = Writes,
            Extension = true,
        },
    ];
}
