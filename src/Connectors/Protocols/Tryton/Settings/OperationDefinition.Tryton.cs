using Millwright.Connectors.Protocols.Tryton.Settings;

namespace Millwright.Connectors.Definitions;

public sealed partial record OperationDefinition
{
    /// <summary>Settings of the protocol <c>tryton</c>.</summary>
    public TrytonOperationSettings? Tryton { get; init; }
}
