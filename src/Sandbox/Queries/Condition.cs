using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Queries;

/// <summary>One filter of a list call.</summary>
/// <param name="Index">Which of the record's values it looks at.</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Operands">One value, or several for <see cref="Operator.In"/>; null stands for no value.</param>
internal sealed record Condition(int Index, Operator Operator, object?[] Operands)
{
    private static readonly Dictionary<string, Operator> Names = new(StringComparer.Ordinal)
    {
        ["in"] = Operator.In,
        ["contains"] = Operator.Contains,
        ["starts_with"] = Operator.StartsWith,
        ["ends_with"] = Operator.EndsWith,
        ["gt"] = Operator.Greater,
        ["gte"] = Operator.GreaterOrEqual,
        ["lt"] = Operator.Less,
        ["lte"] = Operator.LessOrEqual,
    };

    /// <exception cref="RefusalException">The parameter names no field, or its operator or value does not suit the field.</exception>
    public static Condition Parse(Collection collection, string parameter, string value)
    {
        var index = collection.IndexOf(parameter);
        if (index >= 0)
        {
            var equal = value.Length == 0 ? null : Operand.Parse(collection.Paths[index].Field, parameter, value);
            return new Condition(index, Operator.Equal, [equal]);
        }

        var dot = parameter.LastIndexOf('.');
        index = dot < 0 ? -1 : collection.IndexOf(parameter[..dot]);
        if (index < 0)
        {
            throw RefusalException.Parameter(parameter, $"is not a parameter or field of {collection.Name}");
        }

        var field = collection.Paths[index].Field;
        if (!Names.TryGetValue(parameter[(dot + 1)..], out var name) || !Suits(name, collection.Paths[index]))
        {
            throw RefusalException.Parameter(parameter, "uses an operator this field does not have");
        }

        string[] parts = name == Operator.In ? value.Split(',') : [value];
        return new Condition(index, name, [.. parts.Select(part => Operand.Parse(field, parameter, part))]);
    }

    public bool Matches(Record record)
    {
        var value = record.Values[Index];
        if (value is null || Operands[0] is not { } operand)
        {
            return value is null && Operands[0] is null;
        }

        return Operator switch
        {
            Operator.Equal => value.Equals(operand),
            Operator.In => Operands.Contains(value),
            Operator.Contains => ((string)value).Contains((string)operand, StringComparison.OrdinalIgnoreCase),
            Operator.StartsWith => ((string)value).StartsWith((string)operand, StringComparison.OrdinalIgnoreCase),
            Operator.EndsWith => ((string)value).EndsWith((string)operand, StringComparison.OrdinalIgnoreCase),
            Operator.Greater => ValueOrder.Compare(value, operand) > 0,
            Operator.GreaterOrEqual => ValueOrder.Compare(value, operand) >= 0,
            Operator.Less => ValueOrder.Compare(value, operand) < 0,
            _ => ValueOrder.Compare(value, operand) <= 0,
        };
    }

    private static bool Suits(Operator name, FieldPath path) => (path.Name, path.Field.Type, name) switch
    {
        (_, FieldType.Flag, _) => false,
        (_, _, Operator.In) => true,
        ("id", _, _) or (_, FieldType.Choice or FieldType.Reference, _) => false,
        (_, var type, Operator.Contains or Operator.StartsWith or Operator.EndsWith) => type == FieldType.Text,
        _ => true,
    };
}
