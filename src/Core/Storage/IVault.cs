namespace Millwright.Core.Storage;

/// <summary>Secrets by name. The only place where a customer's credentials are kept.</summary>
/// <remarks>
/// A name is 1 to 127 ASCII letters, digits and dashes, its case ignored; a secret is at most 25 KB of text: Key Vault's bounds. Anything else is a
/// <see cref="StorageLimitException"/>. Reads may be answered from a cache that is minutes old, but never one older than this process's own last write.
/// </remarks>
public interface IVault
{
    /// <summary>The secret, or null where there is none.</summary>
    Task<string?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// The secret as it is now, or null where there is none: read around every cache, for what other processes change. Not for paths that every
    /// call takes.
    /// </summary>
    Task<string?> GetLatestAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores the secret and replaces what was there.</summary>
    Task SetAsync(string name, string secret, CancellationToken cancellationToken);

    /// <summary>Deletes the secret; nothing happens if there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
