namespace Millwright.Core.Connections.Access;

/// <summary>Where one connection's access token is kept, for all processes.</summary>
public interface IAccessTokenStore
{
    /// <summary>Whose token it is, for the log.</summary>
    string Owner { get; }

    /// <summary>The token that was stored last, never one of before; null where there is none for the connection's credentials.</summary>
    Task<AccessToken?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores the token in place of the one before. To be called under the lease.</summary>
    Task WriteAsync(AccessToken token, CancellationToken cancellationToken);

    /// <summary>Takes the right to replace the token, or null where somebody has it.</summary>
    Task<IAccessTokenLease?> TryLeaseAsync(CancellationToken cancellationToken);
}
