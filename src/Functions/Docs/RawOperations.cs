using Millwright.Core.Entities.OpenApi;

namespace Millwright.Functions.Docs;

/// <summary>The routes into a connected system's own API and tables, as the OpenAPI document shows them.</summary>
internal static class RawOperations
{
    private static readonly int[] Upstream = [400, 401, 403, 404, 413, 415, 422, 429, 500, 502, 503, 504];

    /// <summary>The operations.</summary>
    public static IReadOnlyList<OpenApiOperation> All { get; } =
    [
        new("post", "/api/passthrough", "passthrough", "raw", "Call the connected system's own API")
        {
            Description = "With the connection's credentials, to the connection's own address only. The system's answer is given as it is, whatever its status, within ours: `status`, `headers`, and `body`, which is JSON, text, or Base64 where `base64encoded` says so. A request body that is a text is sent as it is, or as the bytes that it stands for with `base64encoded`; anything else is sent as JSON. What is not a `get` is never sent twice.",
            Body = """{"type":"object","required":["method","path"],"properties":{"method":{"type":"string","enum":["get","post","put","patch","delete"]},"path":{"type":"string"},"query":{"type":["object","null"]},"headers":{"type":["object","null"]},"body":{},"base64encoded":{"type":["boolean","null"]}}}""",
            BodyExample = """{"method":"get","path":"v1/vendors","query":{"page_size":1}}""",
            Answer = """{"type":"object","properties":{"data":{"type":"object","properties":{"status":{"type":"integer"},"headers":{"type":"object","additionalProperties":{"type":"string"}},"base64encoded":{"type":"boolean"},"body":{}}}}}""",
            Errors = Upstream,
        },
        new("get", "/api/raw/tables", "listRawTables", "raw", "List the connected system's own tables")
        {
            Description = "Its entity sets, models or collections, with the names of their fields where they are known.",
            Answer = """{"type":"object","properties":{"data":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"fields":{"type":"array","items":{"type":"string"}}}}}}}""",
            Errors = [401, 403, 404, 422, 429, 500, 502, 503, 504],
        },
        new("get", "/api/raw/tables/{table}/data", "readRawTable", "raw", "Read a table of the connected system's own")
        {
            Description = "Records as the source has them. `filter[field:operator]` and `sort[field]` are those of the entity lists, by the source's own field names; what the source cannot do is refused.",
            Parameters =
            [
                new("table", "path", "The table's name; a slash in it as %2F.", """{"type":"string"}"""),
                new("page", "query", "From 1.", """{"type":"integer"}"""),
                new("per_page", "query", "1 to 1,000; 50 by default.", """{"type":"integer"}"""),
                new("cursor", "query", "For sources that only page forward: meta.next_cursor of the page before.", """{"type":"string"}"""),
            ],
            Answer = """{"type":"object","properties":{"data":{"type":"array","items":{"type":"object"}},"links":{"type":"object"},"meta":{"type":"object"}}}""",
            Errors = [400, 401, 403, 404, 422, 429, 500, 502, 503, 504],
        },
    ];
}
