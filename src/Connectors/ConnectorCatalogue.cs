using Millwright.Connectors.Definitions;
using Millwright.Connectors.Protocols;
using Millwright.Connectors.Protocols.Rest;
using Millwright.Connectors.Protocols.Tryton;
using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Connectors;

/// <summary>All systems that can be connected. Definitions are read at first use, and each is compiled when its system is first needed.</summary>
public sealed class ConnectorCatalogue : IConnectorCatalogue
{
    private static readonly IProtocol[] Protocols = [new RestProtocol(), new TrytonProtocol()];
    private readonly Lazy<IReadOnlyDictionary<string, DefinedConnector>> _connectors;

    internal ConnectorCatalogue(Func<IReadOnlyList<ConnectorDefinition>> definitions, EntityModel model, ConnectorRuntime runtime) =>
        _connectors = new(() => definitions().ToDictionary(
            d => d.Provider,
            d => new DefinedConnector(d, Protocols.FirstOrDefault(p => p.Name == d.Protocol) ?? throw Unknown(d), model, runtime),
            StringComparer.Ordinal));

    /// <inheritdoc/>
    public IReadOnlyList<IConnector> All => [.. _connectors.Value.Values.OrderBy(c => c.Provider, StringComparer.Ordinal)];

    /// <inheritdoc/>
    /// <remarks>Compiles nothing yet.</remarks>
    public IConnector? Find(string provider) => _connectors.Value.GetValueOrDefault(provider);

    private static DefinitionException Unknown(ConnectorDefinition definition) =>
        new(definition.File, [new DefinitionProblem(definition.Line, $"There is no protocol '{definition.Protocol}'; there are {string.Join(", ", Protocols.Select(p => p.Name))}.")]);
}
