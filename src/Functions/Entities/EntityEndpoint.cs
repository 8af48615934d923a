using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Entities;

/// <summary>From an HTTP request to a call of the entity API and back.</summary>
internal sealed class EntityEndpoint(Caller caller, EntityService entities, EntityModel model)
{
    /// <summary>The header that tells a repeated write from another one.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int MaxIdempotencyKeyLength = 255;

    /// <summary>The path of <c>GET …/{key}</c>, whose last part may name a collection over all records instead of a record.</summary>
    public EntityPath RecordOrCollection(string area, string entity, string key) =>
        model.Find(area, entity)?.Collection(key) is { } collection
            ? new EntityPath(area, entity, collection.Operation)
            : new EntityPath(area, entity, OperationName.Get) { Key = key };

    /// <summary>Answers a read.</summary>
    public async Task<IResult> ReadAsync(HttpRequest request, EntityPath path, CancellationToken cancellationToken) =>
        new EntityJsonResult(await ExecuteAsync(request, path, null, cancellationToken));

    /// <summary>Answers a write. Its body is read before anything else is done with it.</summary>
    public async Task<IResult> WriteAsync(HttpRequest request, EntityPath path, CancellationToken cancellationToken)
    {
        var hasBody = !HttpMethods.IsDelete(request.Method);
        var answer = await ExecuteAsync(request, path, hasBody ? () => RequestBody.ReadJsonAsync(request, cancellationToken) : null, cancellationToken);
        if (answer.IdempotencyKey is { } key)
        {
            request.HttpContext.Response.Headers[IdempotencyHeader] = key;
            if (answer.Result.Replayed)
            {
                request.HttpContext.Response.Headers["Idempotent-Replayed"] = "true";
            }
        }

        return new EntityJsonResult(answer);
    }

    private async Task<EntityAnswer> ExecuteAsync(
        HttpRequest request, EntityPath path, Func<Task<JsonElement>>? readBody, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        var call = new EntityCall(grant, path.Area, path.Entity, path.Operation)
        {
            Key = path.Key,
            SubKey = path.SubKey,
            Parameters = ParametersOf(request),
            Body = readBody is null ? null : await readBody(),
            IdempotencyKey = IdempotencyKeyOf(request),
        };
        return await entities.ExecuteAsync(call, cancellationToken);
    }

    private static List<KeyValuePair<string, string>> ParametersOf(HttpRequest request)
    {
        // Not request.Query, which does not keep the order: sorts apply in the order in which they are given.
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            parameters.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return parameters;
    }

    private static string? IdempotencyKeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(IdempotencyHeader, out var header))
        {
            return null;
        }

        var key = header.ToString();
        return key.Length is > 0 and <= MaxIdempotencyKeyLength && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw new ApiException(ErrorCode.InvalidRequest, $"The {IdempotencyHeader} must be 1 to {MaxIdempotencyKeyLength} visible ASCII characters.")
            {
                Details = [new ErrorDetail(IdempotencyHeader, $"1 to {MaxIdempotencyKeyLength} visible ASCII characters.")],
            };
    }
}
