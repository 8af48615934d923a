namespace Millwright.Core.Connections;

/// <summary>One thing a customer gives to connect a system.</summary>
/// <param name="Name">Its name in <c>credentials</c>.</param>
/// <param name="Label">Its name for a person.</param>
/// <param name="Kind">What it is, for checks and the input field.</param>
/// <param name="Required">Whether connecting needs it.</param>
/// <param name="Help">One sentence on what it is and where to find it.</param>
/// <param name="Example">A value to show in an empty field; null for secrets.</param>
public sealed record CredentialField(string Name, string Label, CredentialKind Kind, bool Required, string Help, string? Example);
