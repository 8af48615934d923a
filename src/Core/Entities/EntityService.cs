using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Bodies;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;
using Millwright.Core.Idempotency;
using Millwright.Core.Identity;

namespace Millwright.Core.Entities;

/// <summary>
/// Carries out calls to the entity API: checks them against the unified model, then against what the connected system can do, then asks
/// the system itself. There is no cached copy of a customer's records.
/// </summary>
public sealed class EntityService(
    EntityModel model, IConnectorCatalogue connectors, ConnectedSystems systems, IdempotentWrites writes, Ids ids)
{
    private const int MaxKeyLength = 255;

    /// <summary>Carries out the call.</summary>
    /// <exception cref="ApiException">Any code of the catalogue but those of tokens and of bodies that are not JSON.</exception>
    public async Task<EntityAnswer> ExecuteAsync(EntityCall call, CancellationToken cancellationToken)
    {
        var entity = Resolve(call);
        var platform = PlatformOf(call.Grant);
        var capability = EntityGate.Offered(platform, entity, call.Area, call.Operation);
        if (call.Operation == OperationName.Statuses)
        {
            var statuses = ParseQuery(model.Status, call);
            EntityGate.CheckQuery(platform, EntityGate.WithoutFields(capability), statuses);
            return StatusList.Answer(capability, statuses);
        }

        var request = ToRequest(call, entity, platform, capability);
        var system = await systems.GetAsync(ConnectionIdentity.Of(call.Grant), cancellationToken);
        if (!OperationName.IsWrite(call.Operation))
        {
            return new EntityAnswer(await system.ExecuteAsync(request, cancellationToken), request.Query);
        }

        // A create always gets a key, so that its own retries cannot make a second record; other writes only where the caller wants one.
        var key = call.IdempotencyKey ?? (OperationName.IsCreate(call.Operation) ? ids.New() : null);
        if (key is null)
        {
            return new EntityAnswer(await system.ExecuteAsync(request, cancellationToken), null);
        }

        var intent = new WriteIntent(call.Grant.ConnectionId!, key, Fingerprint.Of(call));
        var write = new EntityWrite(system, request, capability.HasReference);
        return new EntityAnswer(await writes.OnceAsync(intent, write, cancellationToken), null) { IdempotencyKey = key };
    }

    private EntityType Resolve(EntityCall call)
    {
        if (!EntityModel.Areas.Contains(call.Area))
        {
            throw new ApiException(ErrorCode.RouteNotFound, $"There is no area '{call.Area}'. There are {string.Join(", ", EntityModel.Areas)}.");
        }

        var entity = model.Find(call.Area, call.Entity)
            ?? throw new ApiException(ErrorCode.UnknownEntity, $"The unified model has no '{call.Entity}' in {call.Area}.")
            {
                Details = [new ErrorDetail("entity", "One of: " + string.Join(", ", model.Entities.Where(e => e.Areas.Contains(call.Area)).Select(e => e.Name)) + ".")],
            };
        var offered = call.Operation == OperationName.Statuses ? entity.Statuses : entity.Offers(call.Operation) && TakesKeys(entity, call);
        return offered
            ? entity
            : throw new ApiException(ErrorCode.RouteNotFound, $"The unified model has no such operation on {entity.Name}.")
            {
                Details = [new ErrorDetail("operation", "There are: " + string.Join(", ", entity.Operations) + ".")],
            };
    }

    // Of a sub-resource's update, the path has a second key exactly if the sub-resource has keys.
    private static bool TakesKeys(EntityType entity, EntityCall call) =>
        !call.Operation.EndsWith($".{OperationName.Update}", StringComparison.Ordinal)
        || entity.SubResource(call.Operation[..call.Operation.IndexOf('.', StringComparison.Ordinal)])?.HasKeys == call.SubKey is not null;

    private Platform PlatformOf(TokenGrant grant) => connectors.Find(grant.Provider!)?.Platform
        ?? throw new ApiException(ErrorCode.InternalError, $"This installation no longer has a connector for '{grant.Provider}'.");

    private static EntityRequest ToRequest(EntityCall call, EntityType entity, Platform platform, EntityCapability capability)
    {
        var isList = OperationName.IsList(call.Operation);
        var query = isList ? ParseQuery(entity.RecordOf(call.Operation), call) : null;
        if (query is not null)
        {
            EntityGate.CheckQuery(platform, call.Operation == OperationName.List ? capability : EntityGate.WithoutFields(capability), query);
        }

        var body = call.Body is { } sent ? CheckedBody(call.Operation, sent, entity, platform, capability) : (JsonElement?)null;

        return new EntityRequest(entity, call.Operation)
        {
            Key = CheckKey(call.Key),
            SubKey = CheckKey(call.SubKey),
            Query = query,
            Body = body,
            IncludeRaw = query?.IncludeRaw ?? RawParameter.Parse(call.Parameters),
        };
    }

    private static ListQuery ParseQuery(RecordType record, EntityCall call)
    {
        var parsed = ListQueryParser.Parse(record, call.Parameters);
        return parsed.Query ?? throw new ApiException(ErrorCode.InvalidRequest, "The request has parameters that are unknown or wrong.") { Details = parsed.Problems };
    }

    private static JsonElement CheckedBody(string operation, JsonElement sent, EntityType entity, Platform platform, EntityCapability capability)
    {
        if (operation == OperationName.SetStatus)
        {
            RefuseIfAny(StatusBody.Check(capability, sent));
            return sent;
        }

        RefuseIfAny(BodyValidator.Validate(entity, operation, sent));
        var body = OperationName.IsCreate(operation) && entity.BodyOf(operation) is { } record ? CreateBody.WithoutNulls(record, sent) : sent;
        RefuseIfAny([.. BodyGate.Check(platform, capability, operation, body)]);
        return body;
    }

    private static void RefuseIfAny(IReadOnlyList<ErrorDetail> problems)
    {
        if (problems.Count > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The body has fields that are missing or wrong. Nothing was written.") { Details = problems };
        }
    }

    private static string? CheckKey(string? key) => key is null || key.Length <= MaxKeyLength
        ? key
        : throw new ApiException(ErrorCode.RecordNotFound, "No record has a key as long as this.");
}
