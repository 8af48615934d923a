using System.Text.Json.Nodes;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Records;

/// <summary>Finds out whether a record points at another one, in nested lists too.</summary>
internal static class References
{
    /// <summary>Whether any of the fields can point into the collection.</summary>
    public static bool To(string collection, IEnumerable<Field> fields) =>
        fields.Any(field => field.Target == collection || To(collection, field.Fields));

    public static bool Has(Record from, Record to) => Has(from.Open(), from.Collection.Fields, to);

    private static bool Has(JsonObject content, IEnumerable<Field> fields, Record to) => fields.Any(field => (field.Type, content[field.Name]) switch
    {
        (FieldType.Reference, JsonValue id) => field.Target == to.Collection.Name && (string?)id == to.Id,
        (FieldType.Group, JsonObject group) => Has(group, field.Fields, to),
        (FieldType.Lines, JsonArray lines) => lines.Any(line => Has(line!.AsObject(), field.Fields, to)),
        _ => false,
    });
}
