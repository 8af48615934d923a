using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Connections;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Creates, changes and deletes records. Every write is one atomic call; what surrounds it only reads.</summary>
internal sealed class TrytonWriter(TrytonStore store, TrytonReader reader)
{
    private readonly TrytonLines _lines = new(store);

    public async Task<EntityResult> CreateAsync(EntityPlan entity, JsonElement body, string? reference, bool includeRaw, CancellationToken cancellationToken)
    {
        var settings = entity.Definition.Tryton;
        var values = entity.Records.ToSource(body);
        var lines = _lines.ToCommandsAsync(entity, values, null, cancellationToken);
        var derived = DeriveAsync(entity.Definition.Resource, values, settings, cancellationToken);
        await Task.WhenAll(lines, derived);
        TrytonDefaults.Fill(values, await derived);
        TrytonDefaults.Fill(values, settings?.Create?.Values);
        if (reference is not null && entity.Definition.Reference is { } field)
        {
            SetReference(values, field, reference);
        }

        var id = await store.CreateAsync(entity.Definition.Resource, values, settings?.Context, cancellationToken);
        return await ReadBackAsync(entity, id, includeRaw, cancellationToken);
    }

    public async Task<EntityResult> UpdateAsync(EntityPlan entity, long id, JsonElement body, bool includeRaw, CancellationToken cancellationToken)
    {
        var (model, settings) = (entity.Definition.Resource, entity.Definition.Tryton);
        var values = entity.Records.ToSource(body);
        var context = settings?.Context?.DeepClone().AsObject();
        var replaces = TrytonLines.In(entity, values);
        var present = await store.FindAsync(
            model, id, replaces ? [.. TrytonLines.Fields(entity), "_timestamp"] : ["id"], context, cancellationToken, settings?.Domain) ?? throw TrytonStore.NotFound();
        if (replaces)
        {
            await _lines.ToCommandsAsync(entity, values, present, cancellationToken);

            // The list is replaced as it was just read: a change between the two calls is a conflict and not overwritten.
            context ??= [];
            context["_timestamp"] = new JsonObject { [$"{model},{id}"] = present["_timestamp"]?.DeepClone() };
        }

        if (values.Count > 0)
        {
            await store.WriteAsync(model, id, values, context, cancellationToken);
        }

        return await ReadBackAsync(entity, id, includeRaw, cancellationToken);
    }

    public async Task DeleteAsync(EntityPlan entity, long id, CancellationToken cancellationToken)
    {
        var (model, settings) = (entity.Definition.Resource, entity.Definition.Tryton);
        var present = await store.FindAsync(model, id, ["id"], settings?.Context, cancellationToken, settings?.Domain) ?? throw TrytonStore.NotFound();
        if (entity.Definition.Operations.ByName["delete"].Tryton?.Before is { } before)
        {
            var status = new TrytonStatus(store, entity);
            await status.LeaveAsync(present["id"]!.GetValue<long>(), before, cancellationToken);
        }

        await store.PressAsync(model, "delete", id, settings?.Context, cancellationToken);
    }

    /// <summary>The record after a write.</summary>
    public Task<EntityResult> ReadBackAsync(EntityPlan entity, long id, bool includeRaw, CancellationToken cancellationToken) =>
        AfterWriteAsync(() => reader.GetAsync(entity, id, includeRaw, cancellationToken));

    /// <summary>Reads what a write has led to. The write is done, so a failure here leaves its outcome open for the caller, who looks it up.</summary>
    public static async Task<EntityResult> AfterWriteAsync(Func<Task<EntityResult>> read)
    {
        try
        {
            return await read();
        }
        catch (ApiException e)
        {
            throw new ApiException(e.Code, $"The record was written, but could not be read back: {e.Message}", e)
            {
                Details = e.Details,
                RetryAfter = e.RetryAfter,
                OutcomeUnknown = true,
            };
        }
    }

    private async Task<JsonObject?> DeriveAsync(string model, JsonObject given, TrytonEntitySettings? settings, CancellationToken cancellationToken)
    {
        if (settings?.Create is not { OnChange: { } method } create)
        {
            return null;
        }

        // The method looks at the lists, too; for a new record they count as empty.
        var record = new JsonObject { ["company"] = (await store.CompanyAsync(cancellationToken))?.DeepClone() };
        foreach (var (name, value) in given)
        {
            record[name.TrimEnd('.')] = value is JsonArray ? new JsonArray() : value?.DeepClone();
        }

        foreach (var list in settings.Lines.Keys)
        {
            record[list] = new JsonArray();
        }

        var answer = await store.ComputeAsync(model, method, [record], settings.Context, cancellationToken) as JsonObject;
        var derived = new JsonObject();
        foreach (var field in create.Take.Where(f => answer?[f] is not null))
        {
            derived[field] = answer![field]!.DeepClone();
        }

        return derived;
    }

    // "reference" is a field of the record; "identifiers.code" is one of a record in its list.
    private static void SetReference(JsonObject values, string field, string reference)
    {
        if (field.Split('.') is [var list, var name])
        {
            values[list] = new JsonArray(new JsonArray("create", new JsonArray(new JsonObject { [name] = reference })));
        }
        else
        {
            values[field] = reference;
        }
    }
}
