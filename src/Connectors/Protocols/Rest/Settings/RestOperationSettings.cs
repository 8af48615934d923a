namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>Where an operation differs from its system's ways.</summary>
public sealed record RestOperationSettings
{
    /// <summary>Verb and path: <c>POST {resource}/{key}/transitions</c>. Placeholders are <c>{resource}</c>, <c>{key}</c> and <c>{subKey}</c>.</summary>
    public string? Request { get; init; }

    /// <summary>For <c>set-status</c>: the body's member that takes the status.</summary>
    public string? Status { get; init; }
}
