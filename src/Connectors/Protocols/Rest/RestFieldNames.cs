using Millwright.Connectors.Mapping;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>The unified names of a source's fields: <c>lines[0].qty</c> is <c>lineItems[0].quantity</c> to the caller.</summary>
internal static class RestFieldNames
{
    /// <summary>The unified name; the source's own where it is not mapped.</summary>
    public static string Unified(string source, EntityPlan? entity) => Find(source, entity?.Bodies.Fields ?? [], "") ?? source;

    private static string? Find(string source, IEnumerable<FieldPlan> fields, string prefix) =>
        fields.OrderByDescending(f => f.Writable).Select(f => Find(source, f, prefix)).FirstOrDefault(n => n is not null);

    private static string? Find(string source, FieldPlan field, string prefix)
    {
        if (field.Path == source)
        {
            return prefix + field.Name;
        }

        if (field.Items is { } items && source.StartsWith(field.Path + "[", StringComparison.Ordinal) && source.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var element = prefix + field.Name + source[field.Path!.Length..(end + 1)];
            var inner = source[(end + 1)..].TrimStart('.');
            return inner.Length == 0 ? element : Find(inner, items.Fields, element + ".") ?? $"{element}.{inner}";
        }

        return Find(source, field.Children, $"{prefix}{field.Name}.");
    }
}
