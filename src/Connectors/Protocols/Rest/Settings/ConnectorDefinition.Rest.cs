using Millwright.Connectors.Protocols.Rest.Settings;

namespace Millwright.Connectors.Definitions;

public sealed partial record ConnectorDefinition
{
    /// <summary>Settings of the protocol <c>rest</c>.</summary>
    public RestSettings? Rest { get; init; }
}
