using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Functions.Systems;

/// <summary>A platform as the API shows it.</summary>
internal static class PlatformView
{
    public static object Of(Platform platform) => new
    {
        key = platform.Provider,
        provider = platform.Provider,
        name = platform.Name,
        areas = platform.Areas,
        credentials = platform.Credentials.Select(c => new { c.Name, c.Label, c.Kind, c.Required, c.Help, c.Example }),
        guide = platform.Guide,
        entities = platform.Entities.Values.OrderBy(e => e.Entity, StringComparer.Ordinal).ToDictionary(e => e.Entity, Of),
    };

    private static object Of(EntityCapability entity) => new
    {
        operations = entity.Operations.ToDictionary(o => o.Key, o => new { required = o.Value }),
        fields = entity.Fields.ToDictionary(f => f.Key, f => new { f.Value.Readable, f.Value.Writable, filters = f.Value.Filters.Select(NameOf), f.Value.Sortable }),
        entity.Paging,
        entity.Changes,
        findable_after_lost_answer = entity.HasReference,
        entity.Statuses,
    };

    private static string NameOf(FilterOperator op) => op == FilterOperator.Equal ? "equals" : FilterSyntax.Word(op);
}
