using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities;

/// <summary>Checks a body that fits the model against what the connected system stores and needs.</summary>
internal static class BodyGate
{
    /// <summary>The fields that the system cannot store and those that it needs and does not get.</summary>
    public static IEnumerable<ErrorDetail> Check(Platform platform, EntityCapability capability, string operation, JsonElement body)
    {
        // The bodies of sub-resources have fields of their own, which the capability table does not list; their mapping refuses what it lacks.
        var unstored = operation is OperationName.Create or OperationName.Update ? Unstored(platform, capability, body) : [];
        return unstored.Concat(Missing(platform, capability.Operations[operation], body));
    }

    private static IEnumerable<ErrorDetail> Unstored(Platform platform, EntityCapability capability, JsonElement body) =>
        from field in Paths(body, "", "")
        where field.Model.Length > 0 && capability.Fields.GetValueOrDefault(field.Model) is not { Writable: true } && !IsParent(capability, field.Model)
        select new ErrorDetail(field.Path, $"{platform.Name} cannot store this field.");

    // An object or list that has mapped fields of its own stands for those.
    private static bool IsParent(EntityCapability capability, string model) =>
        capability.Fields.Keys.Any(name => name.StartsWith(model + ".", StringComparison.Ordinal));

    private static IEnumerable<ErrorDetail> Missing(Platform platform, IReadOnlyList<string> required, JsonElement body) =>
        required.SelectMany(field => MissingAt(body, field, "")).Select(path => new ErrorDetail(path, $"{platform.Name} needs this field."));

    private static IEnumerable<string> MissingAt(JsonElement body, string field, string at)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? field : field[..dot];
        var has = body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
        if (dot < 0)
        {
            return has ? [] : [at + name];
        }

        // Fields of a line are needed in each line that is there.
        if (!has)
        {
            return [];
        }

        value = body.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().SelectMany((item, i) => MissingAt(item, field[(dot + 1)..], $"{at}{name}[{i}]."))
            : MissingAt(value, field[(dot + 1)..], $"{at}{name}.");
    }

    private static IEnumerable<(string Path, string Model)> Paths(JsonElement value, string path, string model)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var inner = value.EnumerateObject().SelectMany(p => Paths(p.Value, Join(path, p.Name), Join(model, p.Name)));
                return model.Length == 0 ? inner : inner.Prepend((path, model));
            case JsonValueKind.Array:
                return value.EnumerateArray().SelectMany((item, i) => Paths(item, $"{path}[{i}]", model)).Prepend((path, model));
            default:
                return [(path, model)];
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
