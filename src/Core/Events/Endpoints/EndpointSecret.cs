namespace Millwright.Core.Events.Endpoints;

/// <summary>One of an endpoint's signing secrets, by the name under which the vault has it. A name's secret never changes.</summary>
/// <param name="Name">In the vault.</param>
/// <param name="Until">When it ends; null for the newest one.</param>
public sealed record EndpointSecret(string Name, DateTimeOffset? Until);
