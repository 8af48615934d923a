using System.Text.Json;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document of a model and of whatever else is served.</summary>
public static class OpenApiDocument
{
    /// <summary>Writes the document.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="info">What it says about the whole.</param>
    /// <param name="model">The entities, whose operations are all described.</param>
    /// <param name="tags">The headings of the other operations; they come first.</param>
    /// <param name="operations">The other operations.</param>
    public static void Write(
        Utf8JsonWriter json, OpenApiInfo info, EntityModel model, IReadOnlyList<OpenApiTag> tags, IReadOnlyList<OpenApiOperation> operations)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        WriteInfo(json, info);
        WriteTags(json, [.. tags, .. model.Entities.Select(e => new OpenApiTag(e.Name, e.Title, e.Description))]);
        json.WriteStartArray("security");
        WriteBearer(json);
        json.WriteEndArray();
        OpenApiOperation[] all = [.. operations, .. EntityOperations.Of(model)];
        WritePaths(json, all);
        ComponentsWriter.Write(json, model, all);
        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json, OpenApiInfo info)
    {
        json.WriteStartObject("info");
        json.WriteString("title", info.Title);
        json.WriteString("version", info.Version);
        json.WriteString("description", info.Description);
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", info.Server.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, IEnumerable<OpenApiTag> tags)
    {
        json.WriteStartArray("tags");
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Name);
            json.WriteString("x-displayName", tag.Title);
            json.WriteString("description", tag.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter json, IEnumerable<OpenApiOperation> operations)
    {
        json.WriteStartObject("paths");
        foreach (var path in operations.GroupBy(o => o.Path))
        {
            json.WriteStartObject(path.Key);
            foreach (var operation in path)
            {
                OperationWriter.Write(json, operation);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBearer(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray(ComponentsWriter.Bearer);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
