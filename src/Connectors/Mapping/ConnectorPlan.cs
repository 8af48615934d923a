using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>A whole connector, compiled. Immutable; serves all connections at once.</summary>
/// <param name="Definition">What it was compiled from.</param>
/// <param name="Entities">Its entities by their names in the model.</param>
public sealed record ConnectorPlan(ConnectorDefinition Definition, IReadOnlyDictionary<string, EntityPlan> Entities)
{
    /// <summary>Compiles a connector.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="model">The unified model.</param>
    /// <param name="dialect">The forms of the connector's protocol.</param>
    /// <exception cref="DefinitionException">It does not fit. Lists every offender with file and line.</exception>
    public static ConnectorPlan Compile(ConnectorDefinition definition, EntityModel model, ValueDialect dialect)
    {
        var compiler = new ConnectorCompiler(dialect);
        DefinitionChecks.Check(definition, compiler.Problems);
        var entities = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);
        foreach (var (name, entity) in definition.Entities)
        {
            if (model.Find(name) is not { } type)
            {
                compiler.Problems.Add(new DefinitionProblem(entity.Line, $"The unified model has no entity '{name}'."));
            }
            else if (compiler.Entity(type, entity) is { } plan)
            {
                entities.Add(name, plan);
            }
        }

        return compiler.Problems.Count == 0
            ? new ConnectorPlan(definition, entities)
            : throw new DefinitionException(definition.File, [.. compiler.Problems.OrderBy(p => p.Line)]);
    }
}
