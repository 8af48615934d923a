using System.Text.Json;
using Millwright.Core.Entities;

namespace Millwright.Contracts.Tests;

/// <summary>One path and verb of a published contract.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Route">Verb and path.</param>
/// <param name="Entity">The entity's name in the model.</param>
/// <param name="Name">The operation's name in the model; <c>statuses</c> for the list of an entity's statuses.</param>
/// <param name="Body">The schema of its JSON or multipart body; null without one.</param>
/// <param name="Record">The schema of the record or records in its answer; null where the contract says nothing.</param>
internal sealed record PublishedOperation(PublishedContract Contract, string Route, string Entity, string Name, JsonElement? Body, JsonElement? Record)
{
    public const string Statuses = "statuses";

    public bool IsServedBy(EntityModel model) =>
        model.Find(Contract.Area, Entity) is { } entity && (Name == Statuses ? entity.Statuses : entity.Offers(Name));

    public static PublishedOperation Of(PublishedContract contract, string path, string verb, JsonElement operation)
    {
        // /api/{area}/{entity}...
        var steps = path.Split('/')[3..];
        var (entity, name) = steps[0] == Statuses ? (steps[1], Statuses) : (steps[0], NameOf(verb, steps[1..]));
        return new PublishedOperation(contract, $"{verb.ToUpperInvariant()} {path}", entity, name, BodyOf(operation), RecordOf(operation));
    }

    private static string NameOf(string verb, string[] steps) => (verb, steps) switch
    {
        ("get", []) => OperationName.List,
        ("post", []) => OperationName.Create,
        ("get", ["{key}"]) => OperationName.Get,
        ("put", ["{key}"]) => OperationName.Update,
        ("put", ["{key}", "status"]) => OperationName.SetStatus,
        ("get", [var collection]) => new EntityCollection(collection, "", new RecordType("", "", [])).Operation,
        ("get", ["{key}", var sub]) => OperationName.Of(sub, OperationName.List),
        ("post", ["{key}", var sub]) => OperationName.Of(sub, OperationName.Create),
        ("put", ["{key}", var sub]) => OperationName.Of(sub, OperationName.Update),
        ("put", ["{key}", var sub, _]) => OperationName.Of(sub, OperationName.Update),
        _ => $"{verb} {string.Join('/', steps)}",
    };

    private static JsonElement? BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema") : null;

    private static JsonElement? RecordOf(JsonElement operation)
    {
        var answer = operation.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        if (!answer.TryGetProperty("properties", out var properties) || !properties.TryGetProperty("data", out var data))
        {
            return null;
        }

        return data.TryGetProperty("items", out var items) ? items : data;
    }
}
