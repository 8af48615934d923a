using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>The calls that entities are made of.</summary>
internal sealed class TrytonStore(TrytonClient client)
{
    /// <summary>Records with the fields asked for, as a JSON array.</summary>
    public Task<ReadOnlyMemory<byte>> SearchReadAsync(
        string model, JsonArray domain, IReadOnlyList<string> fields, JsonObject? context, CancellationToken cancellationToken,
        long offset = 0, int? limit = null, JsonArray? order = null) =>
        client.CallAsync(
            TrytonCall.Read(model, "search_read", [domain, offset, limit, order, new JsonArray([.. fields.Select(f => (JsonNode)f)])]) with { Context = context },
            cancellationToken);

    /// <summary>How many records meet the conditions.</summary>
    public async Task<long> CountAsync(string model, JsonArray domain, JsonObject? context, CancellationToken cancellationToken)
    {
        var result = await client.CallAsync(TrytonCall.Read(model, "search_count", [domain]) with { Context = context }, cancellationToken);
        return Utf8Parser.TryParse(result.Span, out long count, out _) ? count : throw new ApiException(ErrorCode.SourceError, "Tryton did not answer with a number of records.");
    }

    /// <summary>One record as a document, or null where there is none or it is hidden. Tryton's answer to a read of it would only be a sentence.</summary>
    public async Task<JsonObject?> FindAsync(
        string model, long id, IReadOnlyList<string> fields, JsonObject? context, CancellationToken cancellationToken, JsonArray? domain = null)
    {
        var conditions = domain is null ? [] : (JsonArray)domain.DeepClone();
        conditions.Add((JsonNode)TrytonDomain.Id(id));
        var found = await SearchReadAsync(model, conditions, fields, Archived(context), cancellationToken, limit: 1);
        return JsonNode.Parse(found.Span) is JsonArray { Count: > 0 } records ? records[0]!.AsObject() : null;
    }

    /// <summary>Creates one record.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> CreateAsync(string model, JsonObject values, JsonObject? context, CancellationToken cancellationToken)
    {
        var result = await client.CallAsync(TrytonCall.Write(model, "create", [new JsonArray(values)]) with { Context = context }, cancellationToken);
        using var ids = JsonDocument.Parse(result);
        return ids.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1 && list[0].TryGetInt64(out var id)
            ? id
            : throw new ApiException(ErrorCode.SourceError, "Tryton did not say which record it created.") { OutcomeUnknown = true };
    }

    /// <summary>Changes one record.</summary>
    public Task WriteAsync(string model, long id, JsonObject values, JsonObject? context, CancellationToken cancellationToken) =>
        client.CallAsync(TrytonCall.Write(model, "write", [new JsonArray(id), values]) with { Context = context }, cancellationToken);

    /// <summary>Calls a method that takes one record and answers nothing: a button, or <c>delete</c>.</summary>
    public Task PressAsync(string model, string method, long id, JsonObject? context, CancellationToken cancellationToken) =>
        client.CallAsync(TrytonCall.Write(model, method, [new JsonArray(id)]) with { Context = context }, cancellationToken);

    /// <summary>Calls a method that only computes.</summary>
    public async Task<JsonNode?> ComputeAsync(string model, string method, JsonArray arguments, JsonObject? context, CancellationToken cancellationToken) =>
        JsonNode.Parse((await client.CallAsync(TrytonCall.Read(model, method, arguments) with { Context = context }, cancellationToken)).Span);

    /// <summary>The user's company, or null where it has none.</summary>
    public async Task<JsonNode?> CompanyAsync(CancellationToken cancellationToken) => (await client.ContextAsync(cancellationToken))["company"];

    /// <summary>The context in which archived records are seen, too: a key leads to its record as long as there is one.</summary>
    public static JsonObject Archived(JsonObject? context)
    {
        var all = context?.DeepClone().AsObject() ?? [];
        all["active_test"] = false;
        return all;
    }

    /// <summary>A record's id from its key in the unified API.</summary>
    /// <exception cref="ApiException"><c>RECORD_NOT_FOUND</c>: no record can have this key.</exception>
    public static long Id(string? key) => TryId(key) ?? throw NotFound();

    /// <summary>A record's id from its key in the unified API; null where no record can have this key.</summary>
    public static long? TryId(string? key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The id in a record of Tryton's.</summary>
    public static long IdOf(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.GetProperty("id"u8).GetInt64();
    }

    /// <summary>The error for a record that is not there.</summary>
    public static ApiException NotFound() => new(ErrorCode.RecordNotFound, "Tryton has no record with this key, or hides it from this user.");
}
