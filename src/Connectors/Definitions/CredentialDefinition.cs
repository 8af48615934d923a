using Millwright.Core.Connections;

namespace Millwright.Connectors.Definitions;

/// <summary>One thing a customer gives to connect a system.</summary>
public sealed record CredentialDefinition
{
    /// <summary>Its name in <c>credentials</c>, and in the protocol's settings.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for a person.</summary>
    public required string Label { get; init; }

    /// <summary>What it is, for checks, the input field and redaction.</summary>
    public required CredentialKind Kind { get; init; }

    /// <summary>Whether connecting works without it.</summary>
    public bool Optional { get; init; }

    /// <summary>One sentence on what it is and where to find it.</summary>
    public string Help { get; init; } = "";

    /// <summary>A value to show in an empty field; none for secrets.</summary>
    public string? Example { get; init; }
}
