namespace Millwright.Connectors.Definitions;

/// <summary>The operations an entity offers, by name. In YAML a list of names, or a mapping of names to the protocol's settings.</summary>
public sealed class OperationSet(IReadOnlyDictionary<string, OperationDefinition> operations)
{
    /// <summary>The operations by name; a mere name has default settings.</summary>
    public IReadOnlyDictionary<string, OperationDefinition> ByName { get; } = operations;

    /// <summary>Whether the operation is offered.</summary>
    public bool Contains(string operation) => ByName.ContainsKey(operation);
}
