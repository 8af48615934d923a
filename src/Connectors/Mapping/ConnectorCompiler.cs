using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>Compiles a connector's entities, collecting what is wrong with any of them.</summary>
internal sealed class ConnectorCompiler(ValueDialect dialect)
{
    public List<DefinitionProblem> Problems { get; } = [];

    public EntityPlan? Entity(EntityType type, EntityDefinition definition)
    {
        Operations(definition, type.Name, type.Offers);
        var records = Plan(type.Name, type.Record, definition);
        if (records is null)
        {
            return null;
        }

        Status(type, definition, records);
        return new EntityPlan(type, definition, records, records)
        {
            SubResources = Parts(definition.SubResources, type, "sub-resource", name => type.SubResource(name) is { } part
                ? (part.Record, part.Body, operation => part.Operations.Contains(operation))
                : null, records),
            Collections = Parts(definition.Collections, type, "collection", name => type.Collection(name) is { } part
                ? (part.Record, null, operation => operation == OperationName.List)
                : null, records),
        };
    }

    private Dictionary<string, EntityPlan> Parts(
        IReadOnlyDictionary<string, EntityDefinition> definitions, EntityType type, string kind,
        Func<string, (RecordType Record, RecordType? Body, Predicate<string> Offers)?> find, RecordPlan owner)
    {
        var plans = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);
        foreach (var (name, definition) in definitions)
        {
            if (find(name) is not { } part)
            {
                Problems.Add(new DefinitionProblem(definition.Line, $"{type.Name} has no {kind} '{name}' in the unified model."));
                continue;
            }

            var place = $"{type.Name}.{name}";
            Operations(definition, place, part.Offers);
            var records = definition.Fields.Count == 0 && part.Record == type.Record ? owner : Plan(place, part.Record, definition);
            var bodies = Bodies(place, part.Body, definition, records);
            if (records is not null && bodies is not null)
            {
                plans.Add(name, new EntityPlan(type, definition, records, bodies));
            }
        }

        return plans;
    }

    private RecordPlan? Bodies(string place, RecordType? body, EntityDefinition definition, RecordPlan? records)
    {
        if (definition.Body is not { } fields)
        {
            return records;
        }

        if (body is null)
        {
            Problems.Add(new DefinitionProblem(definition.Line, $"{place} takes no body of its own in the unified model."));
            return null;
        }

        return Plan(place, body, definition with { Fields = fields });
    }

    private RecordPlan? Plan(string name, RecordType record, EntityDefinition definition)
    {
        try
        {
            return RecordPlan.Compile(name, record, definition, dialect);
        }
        catch (DefinitionException e)
        {
            Problems.AddRange(e.Problems);
            return null;
        }
    }

    private void Operations(EntityDefinition definition, string place, Predicate<string> offers)
    {
        foreach (var (name, operation) in definition.Operations.ByName.Where(o => !offers(o.Key)))
        {
            Problems.Add(new DefinitionProblem(operation.Line, $"{place} has no operation '{name}' in the unified model."));
        }
    }

    private void Status(EntityType type, EntityDefinition definition, RecordPlan records)
    {
        if (definition.Status is { } status && !records.TryGetField(status.Field, out _))
        {
            Problems.Add(new DefinitionProblem(definition.Line, $"{type.Name}.{status.Field} holds the status but is not mapped."));
        }
    }
}
