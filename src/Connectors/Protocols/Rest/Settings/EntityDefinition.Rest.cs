using Millwright.Connectors.Protocols.Rest.Settings;

namespace Millwright.Connectors.Definitions;

public sealed partial record EntityDefinition
{
    /// <summary>Settings of the protocol <c>rest</c>.</summary>
    public RestEntitySettings? Rest { get; init; }
}
