namespace Millwright.Core.Connections;

/// <summary>The kinds of system that this installation can connect.</summary>
public interface IConnectorCatalogue
{
    /// <summary>All of them, by name.</summary>
    IReadOnlyList<IConnector> All { get; }

    /// <summary>The one for this provider, or null.</summary>
    IConnector? Find(string provider);
}
