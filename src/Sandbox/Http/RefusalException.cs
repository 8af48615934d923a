using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Http;

/// <summary>Ends a call with an error answer.</summary>
internal sealed class RefusalException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>What the error object holds beside its code and message.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>The whole answer where it has another shape than the rest of the API's; null for that.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>In seconds.</summary>
    public int? RetryAfter { get; init; }

    public static RefusalException Parameter(string name, string problem) =>
        new(400, "invalid_parameter", $"'{name}' {problem}.") { Details = new JsonObject { ["parameter"] = name } };

    public static RefusalException Malformed(string message) => new(400, "malformed_json", message);

    public static RefusalException NotFound(string message) => new(404, "not_found", message);

    public static RefusalException Invalid(IReadOnlyDictionary<string, string> errors) => new(422, "validation_failed", "The record is not valid.")
    {
        Details = new JsonObject { ["fields"] = new JsonObject(errors.Select(error => KeyValuePair.Create(error.Key, (JsonNode?)error.Value))) },
    };

    public static RefusalException Conflict(string code, string message, string state, IEnumerable<string> allowed, string stateName = "state") =>
        new(409, code, message)
        {
            Details = new JsonObject { [stateName] = state, ["allowed"] = new JsonArray([.. allowed.Select(name => (JsonNode?)name)]) },
        };
}
