namespace Millwright.Sandbox.Schema;

/// <summary>A single value inside a record, such as <c>totals.gross</c>: what can be filtered and sorted by.</summary>
internal sealed record FieldPath(string Name, Field Field)
{
    public string[] Segments { get; } = Name.Split('.');

    /// <summary>The paths below a list of fields; nested lists and free objects have none.</summary>
    public static IEnumerable<FieldPath> Of(IEnumerable<Field> fields, string prefix = "") => fields.SelectMany(field => field.Type switch
    {
        FieldType.Group => Of(field.Fields, prefix + field.Name + "."),
        FieldType.Lines or FieldType.Free => [],
        _ => [new FieldPath(prefix + field.Name, field)],
    });
}
