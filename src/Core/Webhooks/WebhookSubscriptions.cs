using System.Collections.Concurrent;
using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Webhooks;

/// <summary>
/// The secrets of each connection's webhooks, in the vault. Looked up by whoever calls the public address, so both hits and misses are
/// cached, in bounded space, and nothing is read for an id that has not the form of one.
/// </summary>
/// <remarks>
/// A change is seen at once by the process that made it and within <see cref="CacheTime"/>, plus the vault's own cache, by the others.
/// That is why several secrets are live at once: add one, switch the sender, remove the other.
/// </remarks>
public sealed class WebhookSubscriptions(IVault vault, Ids ids, TimeProvider time)
{
    /// <summary>How long a look-up is remembered.</summary>
    public static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    /// <summary>The most live secrets of one connection.</summary>
    public const int MaxSecrets = 5;

    /// <summary>Characters of a secret.</summary>
    public const int MaxSecretLength = 512;

    private const int CacheSize = 10_000;
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, (WebhookSubscription? Found, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);

    /// <summary>The connection's subscription, or null where it has none or there is no such connection.</summary>
    public async ValueTask<WebhookSubscription?> FindAsync(string connectionId, CancellationToken cancellationToken)
    {
        if (connectionId.Length != IdLength || !connectionId.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_cache.TryGetValue(connectionId, out var cached) && cached.Until > now)
        {
            return cached.Found;
        }

        var found = await ReadAsync(connectionId, cancellationToken);
        if (_cache.Count >= CacheSize)
        {
            // Rare and cheap; what is in use comes back with one read each.
            _cache.Clear();
        }

        _cache[connectionId] = (found, now + CacheTime);
        return found;
    }

    /// <summary>Adds a live secret.</summary>
    /// <param name="connection">Whose webhooks it signs.</param>
    /// <param name="given">The secret, where the sender made it; null to make one.</param>
    /// <param name="cancellationToken">Cancels before it is stored.</param>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c>: too many live ones.</exception>
    public async Task<WebhookSecret> AddAsync(Connection connection, string? given, CancellationToken cancellationToken)
    {
        var live = (await ReadAsync(connection.Id, cancellationToken))?.Secrets ?? [];
        if (live.Count >= MaxSecrets)
        {
            throw new ApiException(ErrorCode.ValidationFailed, $"At most {MaxSecrets} secrets are live at once. Delete one first.");
        }

        // The form of Standard Webhooks; a sender that takes any text takes this too.
        var secret = new WebhookSecret(ids.New(), given ?? ids.NewKey(StandardWebhooks.SecretPrefix), time.GetUtcNow());
        await StoreAsync(connection, [.. live, secret], cancellationToken);
        return secret;
    }

    /// <summary>Ends a secret. The last one ends the subscription: every webhook is refused from then on.</summary>
    /// <returns>False if there was none with this key.</returns>
    public async Task<bool> RemoveAsync(Connection connection, string key, CancellationToken cancellationToken)
    {
        var live = (await ReadAsync(connection.Id, cancellationToken))?.Secrets ?? [];
        if (live.All(secret => secret.Key != key))
        {
            return false;
        }

        await StoreAsync(connection, [.. live.Where(secret => secret.Key != key)], cancellationToken);
        return true;
    }

    /// <summary>Ends the subscription.</summary>
    public async Task DeleteAsync(string connectionId, CancellationToken cancellationToken)
    {
        await vault.DeleteAsync(SecretName(connectionId), cancellationToken);
        _cache.TryRemove(connectionId, out _);
    }

    private static string SecretName(string connectionId) => $"webhook-{connectionId}";

    private async Task<WebhookSubscription?> ReadAsync(string connectionId, CancellationToken cancellationToken) =>
        await vault.GetAsync(SecretName(connectionId), cancellationToken) is { } json ? JsonSerializer.Deserialize<WebhookSubscription>(json) : null;

    private async Task StoreAsync(Connection connection, IReadOnlyList<WebhookSecret> secrets, CancellationToken cancellationToken)
    {
        var subscription = new WebhookSubscription(connection.ApplicationId, connection.Provider, secrets);
        await vault.SetAsync(SecretName(connection.Id), JsonSerializer.Serialize(subscription), cancellationToken);
        _cache.TryRemove(connection.Id, out _);
    }
}
