using Millwright.Core.Entities.OpenApi;

namespace Millwright.Functions.Docs;

/// <summary>The routes beside the entity API, as the OpenAPI document shows them. A test holds them against the functions.</summary>
internal static class SystemOperations
{
    private const string Text = """{"type":"string"}""";

    private const string Token =
        """{"type":"object","properties":{"access_token":{"type":"string"},"token_type":{"type":"string"},"expires_in":{"type":"integer"}}}""";

    private const string Page =
        """{"type":"object","properties":{"data":{"type":"array","items":{"type":"object"}},"links":{"type":"object"},"meta":{"type":"object"}}}""";

    private const string Data = """{"type":"object","properties":{"data":{"type":"object"}}}""";

    private const string Status = """{"type":"object","properties":{"status":{"type":"string"}}}""";

    private static readonly OpenApiParameter Id = new("id", "path", "The connection's key.", Text);

    private static readonly OpenApiParameter EndpointId = new("id", "path", "The endpoint's key.", Text);
    private static readonly OpenApiParameter DeliveryKey = new("deliveryId", "path", "The delivery's key.", Text);
    private static readonly OpenApiParameter PerPage = new("per_page", "query", "1 to 200; 50 by default.", """{"type":"integer"}""");

    private const string EndpointFields =
        """{"type":"object","properties":{"url":{"type":"string"},"types":{"type":"array","items":{"type":"string"}},"connections":{"type":["array","null"],"items":{"type":"string"}},"description":{"type":"string"},"enabled":{"type":"boolean"}}""";

    private static readonly int[] Reads = [401, 403, 404, 500, 503];
    private static readonly int[] Writes = [400, 401, 403, 404, 413, 415, 422, 500, 503];

    /// <summary>The headings, which come before those of the entities.</summary>
    public static IReadOnlyList<OpenApiTag> Tags { get; } =
    [
        new("tokens", "Tokens", "Applications authenticate here."),
        new("platforms", "Platforms", "The systems that can be connected."),
        new("connections", "Connections", "Customers' systems, connected. They take an application's token."),
        new("integration", "Current integration", "The connection that a token belongs to. Takes that connection's token."),
        new("raw", "Raw", "The connected system's own API and tables, for what the unified model does not have. Takes that connection's token."),
        new("sync", "Sync", "Polling of the connected systems: what webhooks miss, and systems that have none."),
        new("changes", "Changes", "What changed in the connected systems."),
        new("webhooks-in", "Incoming webhooks", "From connected systems, and what became of them."),
        new("webhooks", "Webhooks", "Where an application's events are sent, and what came of it. They take an application's token."),
        new("health", "Health", "For load balancers and people on call."),
    ];

    /// <summary>The operations.</summary>
    public static IReadOnlyList<OpenApiOperation> All { get; } =
    [
        new("post", "/link/token", "issueApplicationToken", "tokens", "Get an application's token")
        {
            Description = "OAuth 2.0 client credentials, as JSON or form, or in an HTTP Basic header. The token holds for an hour.",
            Body = """{"type":"object","required":["grant_type"],"properties":{"grant_type":{"const":"client_credentials"},"client_id":{"type":"string"},"client_secret":{"type":"string"}}}""",
            BodyExample = """{"grant_type":"client_credentials","client_id":"…","client_secret":"…"}""",
            Answer = Token,
            Errors = [400, 401, 413, 415, 500, 503],
            Anonymous = true,
        },
        new("get", "/api/system/client", "getClient", "tokens", "Get the calling application") { Answer = Data, Errors = Reads },
        new("get", "/api/system/platforms", "listPlatforms", "platforms", "List the systems that can be connected")
        {
            Description = "With the credentials that each needs, a guide to finding them, and a table of what can be done with each entity.",
            Answer = Page,
            Errors = Reads,
        },
        new("get", "/api/system/connections", "listConnections", "connections", "List the connections")
        {
            Parameters = [new("page", "query", "From 1.", """{"type":"integer"}"""), new("per_page", "query", "1 to 1,000; 50 by default.", """{"type":"integer"}""")],
            Answer = Page,
            Errors = [400, .. Reads],
        },
        new("post", "/api/system/connections", "createConnection", "connections", "Connect a system")
        {
            Description = "The credentials are tried against the live system before anything is stored. The answer has the connection's token, which is not shown again. `expires_in` (seconds) limits its life.",
            Body = """{"type":"object","required":["provider","name","email","credentials"],"properties":{"provider":{"type":"string"},"name":{"type":"string"},"email":{"type":"string"},"credentials":{"type":"object","additionalProperties":{"type":"string"}},"expires_in":{"type":"integer"}}}""",
            BodyExample = """{"provider":"sandbox","name":"Acme Ltd","email":"ops@acme.example","credentials":{"url":"http://localhost:7072","apiKey":"sandbox-acme"}}""",
            Answer = Data,
            Errors = [.. Writes, 429, 502, 504],
        },
        new("get", "/api/system/connections/{id}", "getConnection", "connections", "Get a connection") { Parameters = [Id], Answer = Data, Errors = Reads, Extension = true },
        new("delete", "/api/system/connections/{id}", "deleteConnection", "connections", "Disconnect a system")
        {
            Description = "Ends its tokens at once and deletes its credentials.",
            Parameters = [Id],
            Answer = Data,
            Errors = Reads,
        },
        new("get", "/api/system/connections/{id}/health", "getConnectionHealth", "connections", "See how a connected system does")
        {
            Description = "`status` is `online`, `degraded`, `offline` or `reauthorization_required`, by what the last calls came to; `explanation` says what it means and who has to act; `errors` has the last error of each operation that had one.",
            Parameters = [Id],
            Answer = """{"type":"object","properties":{"data":{"type":"object","properties":{"key":{"type":"string"},"status":{"enum":["online","degraded","offline","reauthorization_required"]},"since":{"type":"string","format":"date-time"},"explanation":{"type":"string"},"consecutive_failures":{"type":"integer"},"errors":{"type":"array","items":{"type":"object","properties":{"operation":{"type":"string"},"code":{"type":"string"},"message":{"type":"string"},"owner":{"enum":["system","credential"]},"at":{"type":"string","format":"date-time"},"count":{"type":"integer"}}}}}}}}""",
            Errors = Reads,
            Extension = true,
        },
        new("post", "/api/system/connections/{id}/reconnect", "reconnect", "connections", "Give a connection new credentials")
        {
            Description = "All of them, as when it was connected: none is kept from before. They are tried against the live system first; if it refuses them, nothing changes. The connection, its tokens, notes and webhooks stay. The same credentials may be given again, after an account was unlocked. Answers with the health.",
            Parameters = [Id],
            Body = """{"type":"object","required":["credentials"],"properties":{"credentials":{"type":"object","additionalProperties":{"type":"string"}}}}""",
            BodyExample = """{"credentials":{"url":"http://localhost:7072","apiKey":"sandbox-acme"}}""",
            Answer = Data,
            Errors = [.. Writes, 429, 502, 504],
            Extension = true,
        },
        new("post", "/api/system/connections/{id}/token", "issueConnectionToken", "connections", "Issue another token")
        {
            Description = "`expires_in` (seconds) limits its life; with `rotate` every earlier token ends at once. `token` is taken for compatibility and chooses nothing.",
            Parameters = [Id],
            Body = """{"type":"object","properties":{"token":{"type":"string"},"expires_in":{"type":"integer"},"rotate":{"type":"boolean"}}}""",
            BodyExample = """{"expires_in":2592000,"rotate":true}""",
            Answer = Data,
            Errors = Writes,
        },
        new("delete", "/api/system/connections/{id}/token", "expireConnectionTokens", "connections", "End all tokens of a connection")
        {
            Parameters = [Id],
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("get", "/api/system/connections/{id}/metadata", "getConnectionMetadata", "connections", "Get the application's own notes") { Parameters = [Id], Answer = Page, Errors = Reads },
        new("post", "/api/system/connections/{id}/metadata", "setConnectionMetadata", "connections", "Set entries of the application's own notes")
        {
            Parameters = [Id],
            Body = """{"type":"array","items":{"type":"object","required":["key","value"],"properties":{"key":{"type":"string"},"value":{"type":"string"}}}}""",
            BodyExample = """[{"key":"customer","value":"4711"}]""",
            Answer = Data,
            Errors = Writes,
        },
        new("get", "/api/integrations/current", "getCurrentIntegration", "integration", "Get the connection of this token") { Answer = Data, Errors = Reads },
        new("delete", "/api/integrations/current", "deleteCurrentIntegration", "integration", "Disconnect the connection of this token") { Answer = Data, Errors = Reads },
        .. WebhookOperations.All,
        .. SyncOperations.All,
        .. RawOperations.All,
        new("get", "/api/system/webhooks", "listEndpoints", "webhooks", "List the endpoints")
        {
            Parameters = [new("page", "query", "From 1.", """{"type":"integer"}"""), new("per_page", "query", "1 to 1,000; 50 by default.", """{"type":"integer"}""")],
            Answer = Page,
            Errors = [400, .. Reads],
            Extension = true,
        },
        new("post", "/api/system/webhooks", "createEndpoint", "webhooks", "Make an endpoint")
        {
            Description = "`types` are event types such as `purchase-orders.updated`, `purchase-orders.*` or `*`; `connections` limits it to the events of these, null is all. The answer has the signing `secret`, which is not shown again.",
            Body = EndpointFields + ""","required":["url","types"]}""",
            BodyExample = """{"url":"https://example.com/hooks/millwright","types":["purchase-orders.*","endpoint.disabled"],"connections":null,"description":"Purchasing"}""",
            Answer = Data,
            Errors = [.. Writes, 409],
            Extension = true,
        },
        new("get", "/api/system/webhooks/{id}", "getEndpoint", "webhooks", "Get an endpoint") { Parameters = [EndpointId], Answer = Data, Errors = Reads, Extension = true },
        new("put", "/api/system/webhooks/{id}", "updateEndpoint", "webhooks", "Change an endpoint")
        {
            Description = "Fields that are left out stay as they are. `\"enabled\": true` gives a disabled endpoint a new chance.",
            Parameters = [EndpointId],
            Body = EndpointFields + "}",
            BodyExample = """{"enabled":true}""",
            Answer = Data,
            Errors = Writes,
            Extension = true,
        },
        new("delete", "/api/system/webhooks/{id}", "deleteEndpoint", "webhooks", "Delete an endpoint")
        {
            Description = "What is on its way to it is dropped.",
            Parameters = [EndpointId],
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("post", "/api/system/webhooks/{id}/rotate-secret", "rotateEndpointSecret", "webhooks", "Make a new signing secret")
        {
            Description = "The answer has it, which is not shown again. The one before it signs beside it for 24 hours. Takes no body.",
            Parameters = [EndpointId],
            Answer = Data,
            Errors = Reads,
            Extension = true,
        },
        new("post", "/api/system/webhooks/{id}/test", "testEndpoint", "webhooks", "Send a sample event")
        {
            Description = "Of any type, whatever types and connections the endpoint wants. Answers with the delivery.",
            Parameters = [EndpointId],
            Body = """{"type":"object","required":["type"],"properties":{"type":{"type":"string"}}}""",
            BodyExample = """{"type":"purchase-orders.updated"}""",
            Answer = Data,
            Errors = [.. Writes, 409],
            Extension = true,
        },
        new("get", "/api/system/webhooks/{id}/deliveries", "listDeliveries", "webhooks", "List the deliveries to an endpoint")
        {
            Description = "One for each event, those of the latest events first, with every try. Follow `links.next`.",
            Parameters = [EndpointId, new("cursor", "query", "Out of `meta.next_cursor`.", Text), PerPage],
            Answer = Page,
            Errors = [400, .. Reads],
            Extension = true,
        },
        new("post", "/api/system/webhooks/{id}/deliveries/{deliveryId}/redeliver", "redeliver", "webhooks", "Send an event again")
        {
            Description = "Whatever came of it before, with a new round of tries. Takes no body. Answers with the delivery.",
            Parameters = [EndpointId, DeliveryKey],
            Answer = Data,
            Errors = [.. Reads, 409],
            Extension = true,
        },
        new("get", "/api/health/live", "live", "health", "The process answers") { Answer = Status, Anonymous = true, Extension = true },
        new("get", "/api/health/ready", "ready", "health", "The process reaches its storage") { Answer = Status, Errors = [503], Anonymous = true, Extension = true },
    ];
}
