using Millwright.Connectors.Protocols.Rest.Settings;

namespace Millwright.Connectors.Definitions;

public sealed partial record OperationDefinition
{
    /// <summary>Settings of the protocol <c>rest</c>.</summary>
    public RestOperationSettings? Rest { get; init; }
}
