using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>Derives what a connector can do from its mapping and its protocol, so that the table cannot say more than is true.</summary>
public static class Capabilities
{
    /// <summary>What the system is, what it needs and what it can do.</summary>
    public static Platform Describe(ConnectorPlan plan, IProtocolAbilities protocol)
    {
        var definition = plan.Definition;
        return new Platform(
            definition.Provider,
            definition.Name,
            definition.Areas,
            [.. definition.Credentials.Select(c => new CredentialField(c.Name, c.Label, c.Kind, !c.Optional, c.Help, c.Example))],
            definition.Guide,
            plan.Entities.ToDictionary(e => e.Key, e => Describe(e.Key, e.Value, protocol), StringComparer.Ordinal));
    }

    private static EntityCapability Describe(string name, EntityPlan entity, IProtocolAbilities protocol) => new(
        name,
        Operations(entity).ToDictionary(o => o.Name, o => o.Required, StringComparer.Ordinal),
        Fields(entity, entity.Records.Fields, "", inList: false, protocol).ToDictionary(f => f.Name, f => f.Field, StringComparer.Ordinal),
        protocol.Paging(entity),
        entity.Definition.Reference is not null,
        entity.Definition.Status?.Values ?? new Dictionary<string, string>());

    private static IEnumerable<(string Name, IReadOnlyList<string> Required)> Operations(EntityPlan entity)
    {
        foreach (var (name, operation) in entity.Definition.Operations.ByName)
        {
            yield return (name, Required(entity, name, operation));
        }

        foreach (var (part, plan) in entity.SubResources)
        {
            foreach (var (name, operation) in plan.Definition.Operations.ByName)
            {
                yield return (OperationName.Of(part, name), Required(plan, name, operation));
            }
        }

        foreach (var part in entity.Collections.Keys)
        {
            yield return (entity.Entity.Collection(part)!.Operation, []);
        }
    }

    private static IReadOnlyList<string> Required(EntityPlan entity, string name, OperationDefinition operation) =>
        [.. RequiredFields(entity.Bodies.Fields, name, "").Concat(operation.Required).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> RequiredFields(IEnumerable<FieldPlan> fields, string operation, string prefix) =>
        fields.SelectMany(f => RequiredFields(Inner(f), operation, $"{prefix}{f.Name}.")
            .Concat(f.Definition.Required.Contains(operation) ? [prefix + f.Name] : []));

    private static IEnumerable<(string Name, FieldCapability Field)> Fields(
        EntityPlan entity, IEnumerable<FieldPlan> fields, string prefix, bool inList, IProtocolAbilities protocol) =>
        fields.SelectMany(f => Fields(entity, Inner(f), $"{prefix}{f.Name}.", inList || f.Items is not null, protocol).Prepend(
            (prefix + f.Name, new FieldCapability(
                Readable: true,
                f.Writable,
                f.Filterable && !inList ? protocol.Filters(entity, f) : [],
                f.Sortable && !inList && protocol.Sorts(entity, f)))));

    private static IEnumerable<FieldPlan> Inner(FieldPlan field) => field.Items?.Fields ?? field.Children;
}
