using Millwright.Core.Entities.OpenApi;

namespace Millwright.Functions.Docs;

/// <summary>The routes of incoming webhooks, their failures and the change feed, as the OpenAPI document shows them.</summary>
internal static class WebhookOperations
{
    private const string Text = """{"type":"string"}""";
    private const string Time = """{"type":"string","format":"date-time"}""";
    private const string Data = """{"type":"object","properties":{"data":{"type":"object"}}}""";

    private const string CursorPage =
        """{"type":"object","properties":{"data":{"type":"array","items":{"type":"object"}},"meta":{"type":"object","properties":{"cursor":{"type":"string"},"has_more":{"type":"boolean"}}}}}""";

    private static readonly OpenApiParameter Connection = new("id", "path", "The connection's key.", Text);
    private static readonly OpenApiParameter Failure = new("id", "path", "The failure's id.", Text);
    private static readonly OpenApiParameter PerPage = new("per_page", "query", "1 to 1,000; 50 by default.", """{"type":"integer"}""");
    private static readonly OpenApiParameter Cursor = new("cursor", "query", "`meta.cursor` of an earlier answer, to read on from there.", Text);
    private static readonly OpenApiParameter OfConnection = new("connection", "query", "Only those of this connection.", Text);

    private static readonly int[] Reads = [401, 403, 404, 500, 503];
    private static readonly int[] Writes = [400, 401, 403, 404, 413, 415, 422, 500, 503];

    /// <summary>The operations.</summary>
    public static IReadOnlyList<OpenApiOperation> All { get; } =
    [
        new("get", "/api/changes", "listChanges", "changes", "Read the change feed")
        {
            Description = "The events after `cursor`, the oldest first: those of the token's connection, or with an application's token those of all its connections. Keep `meta.cursor` and send it next time, also when no events came. An event is shown once it is five seconds old; nothing ever appears behind a cursor. Events are kept for 30 days at least.",
            Parameters = [Cursor, new("entity", "query", "Only those of this entity, such as purchase-orders.", Text), OfConnection, PerPage],
            Answer = CursorPage,
            Errors = [400, .. Reads],
            Extension = true,
        },
        new("post", "/api/webhooks/{connectionId}", "receiveWebhook", "webhooks-in", "Take a webhook from a connected system")
        {
            Description = "For connected systems, which sign what they send. 200 means that it is in the queue; after a 503 it has to be sent again. Whatever is wrong with a signature, or with the address, is answered the same.",
            Parameters = [new("connectionId", "path", "The connection's key.", Text)],
            Body = "{}",
            Answer = """{"type":"object","properties":{"received":{"type":"boolean"}}}""",
            Errors = [400, 401, 413, 500, 503],
            Anonymous = true,
            Extension = true,
        },
        new("get", "/api/system/connections/{id}/webhook", "getConnectionWebhook", "webhooks-in", "Get the address for a system's webhooks")
        {
            Description = "The address to enter in the connected system, and which secrets are live.",
            Parameters = [Connection],
            Answer = Data,
            Errors = [.. Reads, 422],
            Extension = true,
        },
        new("post", "/api/system/connections/{id}/webhook/secrets", "addConnectionWebhookSecret", "webhooks-in", "Add a secret for a system's webhooks")
        {
            Description = "Makes one, or takes the one that the system made. It is not shown again. Several are live at once, so that one can replace another without a gap.",
            Parameters = [Connection],
            Body = """{"type":"object","properties":{"secret":{"type":"string"}}}""",
            BodyExample = "{}",
            Answer = Data,
            Errors = Writes,
            Extension = true,
        },
        new("delete", "/api/system/connections/{id}/webhook/secrets/{key}", "deleteConnectionWebhookSecret", "webhooks-in", "End a secret")
        {
            Parameters = [Connection, new("key", "path", "The secret's key.", Text)],
            Answer = Data,
            Errors = [.. Reads, 422],
            Extension = true,
        },
        new("get", "/api/system/webhooks/failures", "listWebhookFailures", "webhooks-in", "List the webhooks that could not be processed")
        {
            Parameters =
            [
                OfConnection,
                new("state", "query", "Only those in this state.", """{"type":"string","enum":["parked","replaying","resolved"]}"""),
                new("from", "query", "Only those received then or later.", Time),
                new("before", "query", "Only those received before then.", Time),
                Cursor,
                PerPage,
            ],
            Answer = CursorPage,
            Errors = [400, .. Reads],
            Extension = true,
        },
        new("get", "/api/system/webhooks/failures/{id}", "getWebhookFailure", "webhooks-in", "Get one, with its payload") { Parameters = [Failure], Answer = Data, Errors = Reads, Extension = true },
        new("post", "/api/system/webhooks/failures/{id}/replay", "replayWebhookFailure", "webhooks-in", "Process one again")
        {
            Description = "Replaying one that was resolved changes nothing.",
            Parameters = [Failure],
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("post", "/api/system/webhooks/failures/replay", "replayWebhookFailures", "webhooks-in", "Process those of a connection or a time again")
        {
            Description = "The parked ones, the oldest first, a thousand at most in one call.",
            Body = """{"type":"object","properties":{"connection":{"type":"string"},"from":{"type":"string","format":"date-time"},"before":{"type":"string","format":"date-time"}}}""",
            BodyExample = """{"from":"2026-11-24T00:00:00Z"}""",
            Answer = Data,
            Errors = Writes,
            Extension = true,
        },
    ];
}
