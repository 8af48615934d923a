using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols;
using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Connectors;

/// <summary>Derives the capability table from the mapping, so that it cannot say more than the mapping does.</summary>
internal static class Capabilities
{
    /// <summary>What a compiled connector can do.</summary>
    public static Platform Of(ConnectorPlan connector, IProtocol protocol)
    {
        var definition = connector.Definition;
        return new Platform(
            definition.Provider,
            definition.Name,
            definition.Areas,
            [.. definition.Credentials.Select(c => new CredentialField(c.Name, c.Label, c.Kind, !c.Optional, c.Help, c.Example))],
            definition.Guide,
            connector.Entities.ToDictionary(e => e.Key, e => Of(connector, e.Value, protocol), StringComparer.Ordinal));
    }

    private static EntityCapability Of(ConnectorPlan connector, EntityPlan entity, IProtocol protocol)
    {
        var operations = Operations(entity, "").ToDictionary(StringComparer.Ordinal);
        foreach (var (name, part) in entity.SubResources)
        {
            foreach (var (operation, required) in Operations(part, name + "."))
            {
                operations.Add(operation, required);
            }
        }

        foreach (var name in entity.Collections.Keys)
        {
            operations.Add($"all-{name}.{OperationName.List}", []);
        }

        var writes = operations.ContainsKey(OperationName.Create) || operations.ContainsKey(OperationName.Update);
        return new EntityCapability(
            entity.Name,
            operations,
            Fields(entity.Records.Fields, "").ToDictionary(
                f => f.Name,
                f => f.InList
                    ? new FieldCapability(true, writes && f.Field.Writable, [], false)
                    : new FieldCapability(true, writes && f.Field.Writable, protocol.Filters(connector, entity, f.Field), protocol.CanSort(connector, entity, f.Field)),
                StringComparer.Ordinal),
            protocol.Paging(connector, entity),
            entity.Definition.Reference is not null && operations.ContainsKey(OperationName.Create),
            entity.Definition.Status?.Values ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Changes = Changes(connector, entity, protocol),
        };
    }

    private static ChangeTracking Changes(ConnectorPlan connector, EntityPlan entity, IProtocol protocol) =>
        !entity.Definition.Operations.Contains(OperationName.List) ? ChangeTracking.None
        : entity.Definition.Changes ?? (protocol.CanFindChanges(connector, entity) ? ChangeTracking.ModifiedTime : ChangeTracking.Comparison);

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Operations(EntityPlan entity, string prefix) =>
        entity.Definition.Operations.ByName.Select(o => KeyValuePair.Create(
            prefix + o.Key,
            (IReadOnlyList<string>)[.. Fields(entity.Bodies.Fields, "").Where(f => f.Field.Definition.Required.Contains(o.Key)).Select(f => f.Name).Union(o.Value.Required)]));

    private static IEnumerable<(string Name, FieldPlan Field, bool InList)> Fields(IEnumerable<FieldPlan> fields, string prefix, bool inList = false) =>
        fields.SelectMany(f => Fields(f.Children, $"{prefix}{f.Name}.", inList)
            .Concat(Fields(f.Items?.Fields ?? [], $"{prefix}{f.Name}.", inList: true))
            .Prepend((prefix + f.Name, f, inList)));
}
