using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities;

/// <summary>The body of <c>set-status</c>: <c>{"statusKey": …}</c>, also <c>{"status": …}</c>, since the published contract has both.</summary>
public static class StatusBody
{
    private const string Field = "statusKey";
    private const string OtherField = "status";

    /// <summary>The status that a body which was checked asks for.</summary>
    public static string StatusOf(JsonElement body) =>
        (body.TryGetProperty(Field, out var status) ? status : body.GetProperty(OtherField)).GetString()!;

    internal static IReadOnlyList<ErrorDetail> Check(EntityCapability capability, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.EnumerateObject().Count() != 1)
        {
            return [new ErrorDetail(Field, "The body must be an object with this field alone.")];
        }

        var field = body.EnumerateObject().Single();
        return field.Name is not (Field or OtherField)
            ? [new ErrorDetail(field.Name, $"There is no such field here. There is {Field}.")]
            : field.Value.ValueKind == JsonValueKind.String && capability.Statuses.ContainsKey(field.Value.GetString()!)
                ? []
                : [new ErrorDetail(field.Name, "One of: " + string.Join(", ", capability.Statuses.Keys) + ".")];
    }
}
