using Millwright.Connectors.Protocols.Tryton.Settings;

namespace Millwright.Connectors.Definitions;

public sealed partial record EntityDefinition
{
    /// <summary>Settings of the protocol <c>tryton</c>.</summary>
    public TrytonEntitySettings? Tryton { get; init; }
}
