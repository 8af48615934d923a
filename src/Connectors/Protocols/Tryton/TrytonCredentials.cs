namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>What opens a session in a Tryton database.</summary>
/// <param name="Endpoint">The database's one address: the server's and the database's name.</param>
/// <param name="Login">The user.</param>
/// <param name="Password">The user's password.</param>
internal sealed record TrytonCredentials(Uri Endpoint, string Login, string Password)
{
    /// <summary>Nothing that could be logged by accident.</summary>
    public override string ToString() => nameof(TrytonCredentials);
}
