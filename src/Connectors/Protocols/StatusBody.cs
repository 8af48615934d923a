using System.Text.Json;
using Millwright.Connectors.Definitions;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols;

/// <summary>The body of <c>set-status</c>: <c>{"status":"confirmed"}</c>, as the published contract has it, or the entity's own status field.</summary>
internal static class StatusBody
{
    /// <summary>The status key asked for.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c>: there is none, or it is no status of the entity.</exception>
    public static string Read(JsonElement? body, EntityDefinition entity)
    {
        var status = entity.Status!;
        foreach (var name in new[] { "status", status.Field })
        {
            if (body is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                var key = value.GetString()!;
                return status.Values.ContainsKey(key) ? key : throw Refuse(name, $"must be one of {string.Join(", ", status.Values.Keys)}");
            }
        }

        throw Refuse("status", "is required");

        static ApiException Refuse(string field, string why) =>
            new(ErrorCode.ValidationFailed, "The body has no status that the connected system knows.") { Details = [new(field, why)] };
    }
}
