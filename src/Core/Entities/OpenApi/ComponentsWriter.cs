using System.Text.Json;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>Writes what operations refer to.</summary>
internal static class ComponentsWriter
{
    public const string Bearer = "bearer";
    public const string Links = "PageLinks";
    public const string Meta = "PageMeta";
    public const string StatusBody = "StatusBody";
    public const string RequestId = "RequestId";
    private const string Error = "Error";

    private const string LinksSchema =
        """
        {"type":"object","description":"Addresses of other pages; null where there is none.","properties":{
          "first":{"type":["string","null"]},"last":{"type":["string","null"]},"prev":{"type":["string","null"]},"next":{"type":["string","null"]}}}
        """;

    private const string MetaSchema =
        """
        {"type":"object","description":"Where the page stands in its list. Numbers that the connected system does not tell are null.","properties":{
          "current_page":{"type":["integer","null"]},"from":{"type":["integer","null"]},"last_page":{"type":["integer","null"]},
          "path":{"type":"string"},"per_page":{"type":"integer"},"to":{"type":["integer","null"]},"total":{"type":["integer","null"]}}}
        """;

    private const string StatusSchema =
        """
        {"type":"object","description":"A status, under either name.","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{
          "statusKey":{"type":"string","description":"A key out of the entity's statuses."},
          "status":{"type":"string","description":"The same under the name that the published contract has for some entities."}}}
        """;

    /// <summary>The name of the response for the failures of a status.</summary>
    public static string ErrorResponse(int status) => $"Error{status}";

    public static void Write(Utf8JsonWriter json, EntityModel model, IReadOnlyList<OpenApiOperation> operations)
    {
        json.WriteStartObject("components");
        Raw(json, "securitySchemes", $$$"""{"{{{Bearer}}}":{"type":"http","scheme":"bearer"}}""");
        Raw(json, "headers", $$$"""{"{{{RequestId}}}":{"description":"Names the request in the log.","schema":{"type":"string"} } }""");
        WriteParameters(json, operations);
        WriteResponses(json);
        WriteSchemas(json, model);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<OpenApiOperation> operations)
    {
        json.WriteStartObject("parameters");
        foreach (var parameter in operations.SelectMany(o => o.Parameters).Where(p => p.Component is not null).DistinctBy(p => p.Component))
        {
            json.WritePropertyName(parameter.Component!);
            OperationWriter.WriteParameter(json, parameter);
        }

        json.WriteEndObject();
    }

    private static void WriteSchemas(Utf8JsonWriter json, EntityModel model)
    {
        json.WriteStartObject("schemas");
        Raw(json, Links, LinksSchema);
        Raw(json, Meta, MetaSchema);
        Raw(json, StatusBody, StatusSchema);
        Raw(json, Error, ErrorSchema());
        foreach (var record in model.Records)
        {
            SchemaWriter.WriteRecord(json, record);
        }

        var listed = model.Entities
            .SelectMany(e => e.Operations.Where(o => o.EndsWith(OperationName.List, StringComparison.Ordinal)).Select(e.RecordOf))
            .Append(model.Status)
            .DistinctBy(r => r.Name);
        foreach (var record in listed)
        {
            SchemaWriter.WriteFilter(json, record);
            SchemaWriter.WriteSort(json, record);
        }

        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json)
    {
        json.WriteStartObject("responses");
        foreach (var status in ErrorCode.All.GroupBy(c => c.Status))
        {
            json.WriteStartObject(ErrorResponse(status.Key));
            json.WriteString("description", string.Join("\n", status.Select(c => $"* `{c.Name}`: {c.Meaning}")));
            Raw(json, "headers", $$$"""{"X-Request-Id":{"$ref":"#/components/headers/{{{RequestId}}}"}}""");
            Raw(json, "content", $$$"""{"application/json":{"schema":{{{SchemaWriter.Reference(Error)}}},"example":{{{Example(status.First())}}}}}""");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Example(ErrorCode code) =>
        $$$"""{"error":{"code":"{{{code.Name}}}","type":"{{{code.Type}}}","message":"What happened, in a sentence.","requestId":"req_01j8zq4w6v"}}""";

    private static string ErrorSchema()
    {
        var codes = string.Join(',', ErrorCode.All.Select(c => $"\"{c.Name}\""));
        var types = string.Join(',', ErrorCode.All.Select(c => $"\"{c.Type}\"").Distinct());
        return $$$"""
            {"type":"object","description":"A failure. Branch on the code.","required":["error"],"properties":{"error":{"type":"object",
              "required":["code","type","message","requestId"],"properties":{
              "code":{"type":"string","enum":[{{{codes}}}]},"type":{"type":"string","enum":[{{{types}}}]},
              "message":{"type":"string","description":"For a person."},"requestId":{"type":"string","description":"Names the request in the log."},
              "details":{"type":"array","items":{"type":"object","properties":{
                "field":{"type":"string","description":"A field, such as lineItems[0].quantity, or a parameter."},"message":{"type":"string"} } } } } } } }
            """;
    }

    private static void Raw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }
}
