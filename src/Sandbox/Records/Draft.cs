using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Records;

/// <summary>Checks what a caller gave against the fields and turns it into a record's content. Collects every error, by path.</summary>
/// <param name="find">Looks a record up by collection and id.</param>
/// <param name="trusted">Accepts fields that only the server sets: for the seed.</param>
internal sealed class Draft(Func<string, string, Record?> find, bool trusted = false)
{
    private readonly SortedDictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by field; nothing may be stored unless this is empty.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    /// <summary>New content, or the existing content with the given changes; all fields present.</summary>
    public JsonObject Build(IReadOnlyList<Field> fields, JsonObject given, JsonObject? existing = null, string path = "")
    {
        foreach (var (name, _) in given)
        {
            if (fields.All(field => field.Name != name))
            {
                _errors[path + name] = "is not a known field";
            }
        }

        var content = new JsonObject();
        foreach (var field in fields)
        {
            content[field.Name] = Value(field, given, existing, path);
        }

        foreach (var field in fields)
        {
            Copy(field, fields, content);
            Require(field, content[field.Name], path);
        }

        return content;
    }

    private JsonNode? Value(Field field, JsonObject given, JsonObject? existing, string path)
    {
        if (!given.TryGetPropertyValue(field.Name, out var node))
        {
            return existing is not null ? existing[field.Name]?.DeepClone()
                : field.Type == FieldType.Group ? Build(field.Fields, [], null, path + field.Name + ".")
                : field.NewValue();
        }

        if (field.Server && !trusted)
        {
            _errors[path + field.Name] = "is set by the server";
            return null;
        }

        if (field.Fixed && existing is not null)
        {
            _errors[path + field.Name] = "cannot be changed";
            return null;
        }

        return node is null ? Cleared(field, path) : Convert(field, node, existing?[field.Name], path + field.Name);
    }

    private JsonNode? Cleared(Field field, string path) => field.Type switch
    {
        FieldType.Group => Build(field.Fields, [], null, path + field.Name + "."),
        FieldType.Lines or FieldType.Free => field.NewValue(),
        _ => null,
    };

    private JsonNode? Convert(Field field, JsonNode node, JsonNode? existing, string path)
    {
        switch (field.Type)
        {
            case FieldType.Group when node is JsonObject group:
                return Build(field.Fields, group, existing as JsonObject, path + ".");
            case FieldType.Lines when node is JsonArray lines:
                return Lines(field, lines, path);
            case FieldType.Free when node is JsonObject:
                return node.DeepClone();
            default:
                var error = node is JsonValue value ? Check(field, value) : Expected(field);
                if (error is not null)
                {
                    _errors[path] = error;
                    return null;
                }

                // An empty text is no value.
                return field.Type == FieldType.Text && node.GetValue<string>().Length == 0 ? null : node.DeepClone();
        }
    }

    private JsonArray Lines(Field field, JsonArray lines, string path)
    {
        var result = new JsonArray();
        foreach (var node in lines)
        {
            var elementPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{result.Count}]");
            if (node is not JsonObject element)
            {
                _errors[elementPath] = "must be an object";
                element = [];
            }

            var line = Build(field.Fields, element, null, elementPath + ".");
            line["id"] = (result.Count + 1).ToString(CultureInfo.InvariantCulture);
            result.Add(line);
        }

        return result;
    }

    private string? Check(Field field, JsonValue value)
    {
        var isText = value.TryGetValue<string>(out var text);
        var isNumber = value.TryGetValue<decimal>(out var number);
        var valid = field.Type switch
        {
            FieldType.Text => isText && text!.Length <= field.MaxLength,
            FieldType.Choice => isText && field.Choices.Contains(text!, StringComparer.Ordinal),
            FieldType.Reference when isText => find(field.Target!, text!) is not null,
            FieldType.Number => isNumber && number >= field.Min && number <= field.Max,
            FieldType.Flag => value.TryGetValue<bool>(out _),
            FieldType.Date => isText && WireFormat.IsDate(text!),
            FieldType.Epoch => isNumber && WireFormat.IsEpoch(number),
            FieldType.Instant => isText,
            _ => false,
        };
        return valid ? null : field.Type == FieldType.Reference && isText ? "does not exist" : Expected(field);
    }

    private static string Expected(Field field) => field.Type switch
    {
        FieldType.Text => string.Create(CultureInfo.InvariantCulture, $"must be text of at most {field.MaxLength} characters"),
        FieldType.Choice => "must be one of " + string.Join(", ", field.Choices),
        FieldType.Reference => "must be the id of a record in " + field.Target,
        FieldType.Number => string.Create(CultureInfo.InvariantCulture, $"must be a number from {field.Min} to {field.Max}"),
        FieldType.Flag => "must be true or false",
        FieldType.Date => "must be a date such as 2026-03-31",
        FieldType.Epoch => "must be whole seconds since 1970",
        FieldType.Lines => "must be a list",
        _ => "must be an object",
    };

    private void Copy(Field field, IReadOnlyList<Field> fields, JsonObject content)
    {
        if (field.CopiedFrom is not { } source || (content[field.Name] is not null && !field.Server))
        {
            return;
        }

        var target = fields.Single(other => other.Name == source.Reference).Target!;
        var value = (string?)content[source.Reference] is { } id ? find(target, id)?[source.Field] : null;
        content[field.Name] = value switch
        {
            string text => text,
            decimal number => number,
            _ => null,
        };
    }

    private void Require(Field field, JsonNode? value, string path)
    {
        if (field.Required && value is null or JsonArray { Count: 0 } && field.Required)
        {
            _errors.TryAdd(path + field.Name, field.Type == FieldType.Lines ? "must have at least one element" : "is required");
        }
    }
}
