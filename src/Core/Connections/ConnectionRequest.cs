namespace Millwright.Core.Connections;

/// <summary>What it takes to connect a system.</summary>
/// <param name="Provider">The kind of system.</param>
/// <param name="Name">A name for people, usually the customer's.</param>
/// <param name="Email">Whom to ask about it.</param>
/// <param name="Credentials">By the names of the platform's credential fields.</param>
public sealed record ConnectionRequest(string Provider, string Name, string Email, IReadOnlyDictionary<string, string> Credentials);
