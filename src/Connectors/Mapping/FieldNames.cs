namespace Millwright.Connectors.Mapping;

/// <summary>Names the fields of nested objects from the record: <c>address.city</c>.</summary>
internal static class FieldNames
{
    public static IEnumerable<(string Name, FieldPlan Field)> Flatten(IEnumerable<FieldPlan> fields, string prefix = "") =>
        fields.SelectMany(f => Flatten(f.Children, $"{prefix}{f.Name}.").Prepend((prefix + f.Name, f)));
}
