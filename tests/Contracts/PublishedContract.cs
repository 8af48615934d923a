using System.Text.Json;
using Millwright.Core.Entities;

namespace Millwright.Contracts.Tests;

/// <summary>The published OpenAPI document of one area.</summary>
internal sealed class PublishedContract
{
    private readonly JsonElement _root;

    private PublishedContract(string area, JsonElement root)
    {
        Area = area;
        _root = root;
    }

    public static IReadOnlyList<PublishedContract> All { get; } = [.. EntityModel.Areas.Select(Read)];

    /// <summary>The document of the routes that no area has.</summary>
    public static PublishedContract System { get; } = Read("system");

    public string Area { get; }

    /// <summary>Every verb and path, as in <c>GET /api/system/client</c>.</summary>
    public IEnumerable<string> Routes =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from verb in path.Value.EnumerateObject()
        select $"{verb.Name.ToUpperInvariant()} {path.Name}";

    /// <summary>Every path and verb, with the model's names for what it does.</summary>
    public IEnumerable<PublishedOperation> Operations =>
        from path in _root.GetProperty("paths").EnumerateObject()
        from verb in path.Value.EnumerateObject()
        select PublishedOperation.Of(this, path.Name, verb.Name, verb.Value);

    /// <summary>The properties of a schema, a reference followed; empty where it has none.</summary>
    public IEnumerable<JsonProperty> Properties(JsonElement schema)
    {
        var target = Resolve(schema);
        return target.ValueKind == JsonValueKind.Object && target.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : [];
    }

    /// <summary>The statuses that a route is documented to answer with.</summary>
    public IEnumerable<string> Statuses(string route) => Responses(route).EnumerateObject().Select(r => r.Name);

    /// <summary>The schema of a route's answer with status 200.</summary>
    public JsonElement Answer(string route) =>
        Responses(route).GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");

    /// <summary>A schema by its name.</summary>
    public JsonElement? Schema(string name) =>
        _root.GetProperty("components").GetProperty("schemas").TryGetProperty(name, out var schema) ? schema : null;

    public JsonElement Resolve(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference)
            ? Schema(reference.GetString()!.Split('/')[^1])!.Value
            : schema;

    private JsonElement Responses(string route)
    {
        var (verb, path) = (route.Split(' ')[0].ToLowerInvariant(), route.Split(' ')[1]);
        return _root.GetProperty("paths").GetProperty(path).GetProperty(verb).GetProperty("responses");
    }

    private static PublishedContract Read(string area)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SharedFolder.Path, "contracts", "makini", $"oas3_{area}.json")));
        return new PublishedContract(area, document.RootElement.Clone());
    }
}
