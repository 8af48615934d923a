namespace Millwright.Core.Connections;

/// <summary>A customer's system, connected. Its credentials are in the vault, never here.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ApplicationId">The application that made it.</param>
/// <param name="Provider">The kind of system.</param>
/// <param name="Name">A name for people, usually the customer's.</param>
/// <param name="Email">Whom to ask about it.</param>
/// <param name="CreatedAt">When it was connected.</param>
public sealed record Connection(string Id, string ApplicationId, string Provider, string Name, string Email, DateTimeOffset CreatedAt)
{
    /// <summary>The application's own notes on it, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it or its metadata last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>What a call needs to know of it.</summary>
    public ConnectionIdentity Identity => new(ApplicationId, Id, Provider);

    /// <summary>The version that was read; null on one that was not read from storage.</summary>
    public string? ETag { get; init; }
}
