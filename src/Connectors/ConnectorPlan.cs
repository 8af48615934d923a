using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;
using Millwright.Core.Entities;

namespace Millwright.Connectors;

/// <summary>A connector's definition, compiled against the model.</summary>
/// <param name="Definition">As written.</param>
/// <param name="Entities">Its entities by their names in the model.</param>
internal sealed record ConnectorPlan(ConnectorDefinition Definition, IReadOnlyDictionary<string, EntityPlan> Entities)
{
    /// <summary>Compiles all entities.</summary>
    /// <exception cref="DefinitionException">Names everything that does not fit the model or the protocol.</exception>
    public static ConnectorPlan Compile(ConnectorDefinition definition, EntityModel model, ValueDialect dialect)
    {
        var problems = new List<DefinitionProblem>();
        var entities = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);
        foreach (var (name, entity) in definition.Entities)
        {
            if (model.Find(name) is not { } type)
            {
                problems.Add(new DefinitionProblem(entity.Line, $"The unified model has no entity '{name}'."));
                continue;
            }

            problems.AddRange(Unknown(entity, name, type.Operations.Except(type.Collections.Select(c => c.Operation)).Where(o => !o.Contains('.', StringComparison.Ordinal))));
            if (Try(() => Plan(name, type, entity, dialect, problems), problems) is { } plan)
            {
                entities.Add(name, plan);
            }
        }

        return problems.Count == 0 ? new ConnectorPlan(definition, entities) : throw new DefinitionException(definition.File, problems);
    }

    private static EntityPlan Plan(string name, EntityType type, EntityDefinition entity, ValueDialect dialect, List<DefinitionProblem> problems)
    {
        var records = RecordPlan.Compile(type, entity, dialect);
        return new EntityPlan(name, entity, records, records)
        {
            SubResources = Parts(name, entity.SubResources, n => type.SubResource(n) is { } s ? (s.Record, s.Body, s.Operations) : null, dialect, problems),
            Collections = Parts(name, entity.Collections, n => type.Collection(n) is { } c ? (c.Record, null, [OperationName.List]) : null, dialect, problems),
        };
    }

    private static Dictionary<string, EntityPlan> Parts(
        string owner,
        IReadOnlyDictionary<string, EntityDefinition> definitions,
        Func<string, (RecordType Record, RecordType? Body, IReadOnlyList<string> Operations)?> find,
        ValueDialect dialect,
        List<DefinitionProblem> problems)
    {
        var plans = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);
        foreach (var (part, definition) in definitions)
        {
            var name = $"{owner}.{part}";
            if (find(part) is not { } type)
            {
                problems.Add(new DefinitionProblem(definition.Line, $"The unified model has no '{name}'."));
                continue;
            }

            problems.AddRange(Unknown(definition, name, type.Operations));
            var plan = Try(
                () =>
                {
                    var records = RecordPlan.Compile(name, type.Record, definition, dialect);
                    var bodies = definition.Body is { } fields ? RecordPlan.Compile(name, type.Body ?? type.Record, definition with { Fields = fields }, dialect) : records;
                    return new EntityPlan(name, definition, records, bodies);
                },
                problems);
            if (plan is not null)
            {
                plans.Add(part, plan);
            }
        }

        return plans;
    }

    private static IEnumerable<DefinitionProblem> Unknown(EntityDefinition entity, string name, IEnumerable<string> known) =>
        entity.Operations.ByName.Where(o => !known.Contains(o.Key)).Select(o => new DefinitionProblem(o.Value.Line, $"The unified model has no operation '{o.Key}' on {name}."));

    private static EntityPlan? Try(Func<EntityPlan> compile, List<DefinitionProblem> problems)
    {
        try
        {
            return compile();
        }
        catch (DefinitionException e)
        {
            problems.AddRange(e.Problems);
            return null;
        }
    }
}
