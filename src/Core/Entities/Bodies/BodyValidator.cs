using System.Text.Json;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities.Bodies;

/// <summary>Checks the body of a write against the model. What a connected system needs beyond that is its connector's to check.</summary>
public sealed class BodyValidator
{
    /// <summary>The most items of one array.</summary>
    public const int MaxItems = 10_000;

    /// <summary>The deepest nesting of free-form values.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most problems that are named at once.</summary>
    public const int MaxProblems = 100;

    private const string NoText = "\uFFFD";

    private readonly List<ErrorDetail> _problems = [];

    private readonly bool _creates;

    private BodyValidator(bool creates)
    {
        _creates = creates;
    }

    /// <summary>Everything that is wrong with a body; empty if nothing is.</summary>
    /// <param name="entity">The entity that is written.</param>
    /// <param name="operation">One of <see cref="EntityType.Operations"/> that takes a body.</param>
    /// <param name="body">The body as it was sent.</param>
    public static IReadOnlyList<ErrorDetail> Validate(EntityType entity, string operation, JsonElement body)
    {
        var validator = new BodyValidator(OperationName.IsCreate(operation));
        if (body.ValueKind != JsonValueKind.Object)
        {
            validator.Complain("", $"The body has to be an object; it is {JsonForm.Describe(body)}.");
        }
        else if (operation == OperationName.SetStatus)
        {
            validator.CheckStatus(body);
        }
        else if (entity.BodyOf(operation) is { } record)
        {
            validator.CheckObject("", record, body);
            if (operation == OperationName.Update && validator._problems.Count == 0 && !body.EnumerateObject().Any())
            {
                validator.Complain("", "The body names no field to change.");
            }
        }
        else
        {
            foreach (var property in body.EnumerateObject())
            {
                validator.Complain(NameOf(property), $"{operation} takes no fields.");
            }
        }

        return validator._problems.Count <= MaxProblems ? validator._problems : validator._problems[..MaxProblems];
    }

    // The published contract calls it status for some entities and statusKey for others.
    private void CheckStatus(JsonElement body)
    {
        var properties = body.EnumerateObject().ToList();
        foreach (var property in properties)
        {
            var name = NameOf(property);
            if (name is not ("statusKey" or "status"))
            {
                Complain(name, "Unknown field. The body is a statusKey alone.");
            }
            else if (!JsonForm.Fits(FieldType.Key, property.Value))
            {
                Complain(name, $"{JsonForm.Describe(property.Value)} is not a key.");
            }
        }

        if (_problems.Count == 0 && properties.Count != 1)
        {
            Complain("statusKey", properties.Count == 0 ? "Missing." : "Given more than once.");
        }
    }

    private void CheckObject(string path, RecordType record, JsonElement value)
    {
        var seen = new HashSet<string>();
        foreach (var property in value.EnumerateObject())
        {
            var own = NameOf(property);
            var name = path.Length == 0 ? own : $"{path}.{own}";
            if (!seen.Add(own))
            {
                Complain(name, "Given more than once.");
            }
            else if (record.Field(own) is not { } field)
            {
                Complain(name, $"{record.Name} has no such field.");
            }
            else if (field.ReadOnly && !(_creates && property.Value.ValueKind == JsonValueKind.Null))
            {
                Complain(name, "Read-only: the connected system sets it.");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                CheckValue(name, field, field.Type, property.Value);
            }

            if (_problems.Count > MaxProblems)
            {
                return;
            }
        }
    }

    private void CheckValue(string path, Field field, FieldType type, JsonElement value)
    {
        switch (type)
        {
            case FieldType.Array when value.ValueKind == JsonValueKind.Array:
                CheckArray(path, field, value);
                break;
            case FieldType.Object when value.ValueKind == JsonValueKind.Object && field.Record is not null:
                CheckObject(path, field.Record, value);
                break;
            case FieldType.Any:
            case FieldType.Object when value.ValueKind == JsonValueKind.Object:
                CheckFree(path, value, 1);
                break;
            default:
                if (!JsonForm.Fits(type, value))
                {
                    Complain(path, $"{JsonForm.Describe(value)} is not {FieldTypes.Expected(type)}.");
                }

                break;
        }
    }

    private void CheckArray(string path, Field field, JsonElement array)
    {
        if (array.GetArrayLength() > MaxItems)
        {
            Complain(path, $"More than {MaxItems} items.");
            return;
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            CheckValue($"{path}[{index++}]", field, field.Items ?? FieldType.Any, item);
            if (_problems.Count > MaxProblems)
            {
                return;
            }
        }
    }

    private void CheckFree(string path, JsonElement value, int depth)
    {
        if (depth > MaxDepth)
        {
            Complain(path, $"Nested deeper than {MaxDepth}.");
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>();
            foreach (var property in value.EnumerateObject())
            {
                var own = NameOf(property);
                var name = $"{path}.{own}";
                if (own == NoText || !seen.Add(own))
                {
                    Complain(name, own == NoText ? "The name is not text." : "Given more than once.");
                }

                CheckFree(name, property.Value, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                CheckFree($"{path}[{index++}]", item, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.String && !JsonForm.IsText(value))
        {
            Complain(path, $"{JsonForm.Describe(value)} is not text.");
        }
    }

    private static string NameOf(JsonProperty property) => JsonForm.NameOf(property) ?? NoText;

    private void Complain(string path, string message) => _problems.Add(new ErrorDetail(path, message));
}
