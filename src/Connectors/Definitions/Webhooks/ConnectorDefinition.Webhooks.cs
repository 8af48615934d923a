using Millwright.Connectors.Definitions.Webhooks;

namespace Millwright.Connectors.Definitions;

public sealed partial record ConnectorDefinition
{
    /// <summary>What the system's webhooks look like; null where it sends none.</summary>
    public WebhooksDefinition? Webhooks { get; init; }
}
