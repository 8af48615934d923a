using Millwright.Connectors.Definitions;

namespace Millwright.Connectors.Mapping;

/// <summary>What a field's definition has to obey whatever the model and the protocol are.</summary>
internal static class FieldChecks
{
    public static bool IsSound(string name, FieldDefinition field, List<DefinitionProblem> problems)
    {
        var before = problems.Count;
        var sources = new[] { field.ObjectFields is null ? field.Path : null, field.Constant, field.List }.Count(s => s is not null)
            + (field.Coalesce is null ? 0 : 1) + (field.ObjectFields is null ? 0 : 1);
        var scalar = field.Path is not null && field.ObjectFields is null;
        var readOnly = field.ReadOnly || field.Constant is not null || field.Coalesce is not null;
        Check(sources == 1, "needs exactly one of 'path', 'coalesce', 'constant', 'object' and 'list'");
        Check(field.Coalesce is null or { Count: > 0 }, "has an empty 'coalesce'");
        Check(field.List is not null || (field.Fields is null && field.Resource is null), "has 'fields' or 'resource', which belong to a 'list'");
        Check(scalar || field.Coalesce is not null || (field.List is not null && field.Fields is null) || (field.As is null && field.Map is null),
            "has 'as' or 'map', which belong to a single value");
        Check(!readOnly || field.Required.Count == 0, "is read only and yet required");
        return problems.Count == before;

        void Check(bool holds, string message)
        {
            if (!holds)
            {
                problems.Add(new DefinitionProblem(field.Line, $"{name} {message}."));
            }
        }
    }
}
