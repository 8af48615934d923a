using System.Globalization;
using System.Text.Json;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>Writes one operation.</summary>
internal static class OperationWriter
{
    public static void Write(Utf8JsonWriter json, OpenApiOperation operation)
    {
        json.WriteStartObject(operation.Verb);
        json.WriteString("operationId", operation.Id);
        json.WriteStartArray("tags");
        json.WriteStringValue(operation.Tag);
        json.WriteEndArray();
        json.WriteString("summary", operation.Summary);
        if (operation.Description is not null)
        {
            json.WriteString("description", operation.Description);
        }

        if (operation.Extension)
        {
            json.WriteBoolean(SchemaWriter.ExtensionMark, true);
        }

        if (operation.Anonymous)
        {
            json.WriteStartArray("security");
            json.WriteEndArray();
        }

        WriteParameters(json, operation.Parameters);
        WriteBody(json, operation);
        WriteResponses(json, operation);
        json.WriteEndObject();
    }

    /// <summary>Writes a parameter in full.</summary>
    public static void WriteParameter(Utf8JsonWriter json, OpenApiParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", parameter.In);
        json.WriteString("description", parameter.Description);
        if (parameter.In == "path")
        {
            json.WriteBoolean("required", true);
        }

        if (parameter.DeepObject)
        {
            json.WriteString("style", "deepObject");
            json.WriteBoolean("explode", true);
        }

        WriteRaw(json, "schema", parameter.Schema);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<OpenApiParameter> parameters)
    {
        json.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            if (parameter.Component is null)
            {
                WriteParameter(json, parameter);
            }
            else
            {
                json.WriteRawValue($$"""{"$ref":"#/components/parameters/{{parameter.Component}}"}""");
            }
        }

        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, OpenApiOperation operation)
    {
        if (operation.Body is null)
        {
            return;
        }

        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", true);
        WriteContent(json, operation.Body, operation.BodyExample);
        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, OpenApiOperation operation)
    {
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "Done.");
        json.WriteStartObject("headers");
        WriteRaw(json, "X-Request-Id", $$"""{"$ref":"#/components/headers/{{ComponentsWriter.RequestId}}"}""");
        json.WriteEndObject();
        if (operation.Answer is not null)
        {
            WriteContent(json, operation.Answer, null);
        }

        json.WriteEndObject();
        foreach (var status in operation.Errors)
        {
            WriteRaw(json, status.ToString(CultureInfo.InvariantCulture), $$"""{"$ref":"#/components/responses/{{ComponentsWriter.ErrorResponse(status)}}"}""");
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, string schema, string? example)
    {
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        WriteRaw(json, "schema", schema);
        if (example is not null)
        {
            WriteRaw(json, "example", example);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }
}
