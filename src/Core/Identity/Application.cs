namespace Millwright.Core.Identity;

/// <summary>A program that uses this installation: it makes connections for its customers and reads and writes through them.</summary>
/// <param name="Id">The client id.</param>
/// <param name="Name">A name for people.</param>
/// <param name="SecretHash">The client secret's hash.</param>
/// <param name="CreatedAt">When it was registered.</param>
public sealed record Application(string Id, string Name, string SecretHash, DateTimeOffset CreatedAt);
