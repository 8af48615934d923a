using Millwright.Connectors.Mapping;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>What to ask Tryton for: dotted names follow relations, a one2many's included, so that one call brings records with their lines.</summary>
internal static class TrytonFields
{
    /// <summary>The names for a plan's records, each once.</summary>
    public static IReadOnlyList<string> Of(EntityPlan entity) =>
        [.. Of(entity.Records.Fields, "").Append(entity.Definition.Key).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(IEnumerable<FieldPlan> fields, string prefix) => fields.SelectMany(f => f switch
    {
        { Items: { } items } => Of(items.Fields, $"{prefix}{f.Path}."),
        { Children.Count: > 0 } => Of(f.Children, prefix),
        _ => f.SourcePaths.Select(p => prefix + p),
    });
}
