namespace Millwright.Core.Connections.Health;

/// <summary>The failure that a status came of.</summary>
/// <param name="Operation">The operation that met it.</param>
/// <param name="Code">Its code.</param>
/// <param name="Message">What happened, for a person.</param>
public sealed record StatusReason(string Operation, string Code, string Message);
