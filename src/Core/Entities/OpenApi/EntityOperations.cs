namespace Millwright.Core.Entities.OpenApi;

/// <summary>The operations of the entity API, one for each that the model has in each area.</summary>
internal static class EntityOperations
{
    private static readonly int[] ReadErrors = [400, 401, 403, 404, 422, 429, 500, 502, 503, 504];
    private static readonly int[] WriteErrors = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503, 504];
    private static readonly OpenApiParameter Key = PathKey("key", "The record's key.");

    private static readonly OpenApiParameter IdempotencyKey = new(
        "Idempotency-Key",
        "header",
        "Makes a retry safe: the same key with the same request within 24 hours is done once and answered the same.",
        """{"type":"string","maxLength":255}""")
    {
        Component = "IdempotencyKey",
    };

    public static IEnumerable<OpenApiOperation> Of(EntityModel model) =>
        from entity in model.Entities
        from area in entity.Areas
        from operation in Of(model, entity, area)
        select operation with { Extension = entity.ExtensionOperations.Any(e => operation.Id == Id(area, entity, e)) };

    private static IEnumerable<OpenApiOperation> Of(EntityModel model, EntityType entity, string area)
    {
        var at = $"/api/{area}/{entity.Name}";
        foreach (var collection in entity.Collections)
        {
            yield return List(new("get", $"{at}/{collection.Name}", Id(area, entity, collection.Operation), entity.Name, Summary($"List all {collection.Name}", area)) { Description = collection.Description }, collection.Record);
        }

        foreach (var operation in entity.Operations.Where(o => !o.Contains('.', StringComparison.Ordinal)))
        {
            yield return Own(entity, area, operation, at);
        }

        foreach (var sub in entity.SubResources)
        {
            foreach (var operation in sub.Operations)
            {
                yield return Sub(entity, area, sub, operation, $"{at}/{{key}}/{sub.Name}");
            }
        }

        if (entity.Statuses)
        {
            yield return List(
                new("get", $"/api/{area}/statuses/{entity.Name}", Id(area, entity, "statuses"), entity.Name, Summary("List the statuses", area)), model.Status);
        }
    }

    private static OpenApiOperation Own(EntityType entity, string area, string operation, string at)
    {
        var id = Id(area, entity, operation);
        return operation switch
        {
            OperationName.List => List(new("get", at, id, entity.Name, Summary("List", area)) { Description = entity.Description }, entity.Record),
            OperationName.Get => new("get", at + "/{key}", id, entity.Name, Summary("Get one", area))
            {
                Parameters = [Key, QueryParameters.Raw],
                Answer = Data(SchemaWriter.Reference(entity.Record.Name)),
                Errors = ReadErrors,
            },
            OperationName.Create => Write(new("post", at, id, entity.Name, Summary("Create", area)), entity.Record, entity.Record, []),
            OperationName.Update => Write(
                new("put", at + "/{key}", id, entity.Name, Summary("Update", area)) { Description = "Fields that the body lacks stay as they are; null empties a field." },
                entity.Record,
                entity.Record,
                [Key]),
            OperationName.Delete => new("delete", at + "/{key}", id, entity.Name, Summary("Delete or cancel", area))
            {
                Parameters = [Key, IdempotencyKey],
                Answer = """{"type":"object","properties":{"data":{"type":"null"}}}""",
                Errors = WriteErrors,
            },
            _ => Write(new("put", at + "/{key}/status", id, entity.Name, Summary("Set the status", area)), entity.Record, null, [Key]) with
            {
                Body = SchemaWriter.Reference(ComponentsWriter.StatusBody),
                BodyExample = """{"statusKey":"1042"}""",
            },
        };
    }

    private static OpenApiOperation Sub(EntityType entity, string area, SubResource sub, string operation, string path)
    {
        var id = Id(area, entity, OperationName.Of(sub.Name, operation));
        OpenApiOperation On(string verb, string at, string action) =>
            new(verb, at, id, entity.Name, Summary($"{action} {sub.Name}", area)) { Description = sub.Description };
        return operation switch
        {
            OperationName.List => List(On("get", path, "List"), sub.Record, Key),
            OperationName.Create => Write(On("post", path, "Add"), sub.Record, sub.Body, [Key]),
            _ when sub.HasKeys => Write(
                On("put", path + "/{subKey}", "Update"), sub.Record, sub.Body, [Key, PathKey("subKey", "The key of the record below it.")]),
            _ => Write(On("put", path, "Update"), sub.Record, sub.Body, [Key]),
        };
    }

    private static OpenApiOperation List(OpenApiOperation operation, RecordType record, params OpenApiParameter[] more) => operation with
    {
        Parameters = [.. more, .. QueryParameters.Of(record)],
        Answer = $$"""{"type":"object","properties":{"data":{"type":"array","items":{{SchemaWriter.Reference(record.Name)}}},"links":{{SchemaWriter.Reference(ComponentsWriter.Links)}},"meta":{{SchemaWriter.Reference(ComponentsWriter.Meta)}} } }""",
        Errors = ReadErrors,
    };

    private static OpenApiOperation Write(OpenApiOperation operation, RecordType answer, RecordType? body, OpenApiParameter[] more) => operation with
    {
        Parameters = [.. more, IdempotencyKey],
        Body = body is null ? null : SchemaWriter.Reference(body.Name),
        BodyExample = body is null ? null : Examples.Body(body),
        Answer = Data(SchemaWriter.Reference(answer.Name)),
        Errors = WriteErrors,
    };

    private static OpenApiParameter PathKey(string name, string description) => new(name, "path", description, """{"type":"string","minLength":1}""");

    private static string Data(string schema) => $$"""{"type":"object","properties":{"data":{{schema}} } }""";

    private static string Id(string area, EntityType entity, string operation) => $"{area}.{entity.Name}.{operation}";

    private static string Summary(string action, string area) => $"{action} ({area.ToUpperInvariant()})";
}
