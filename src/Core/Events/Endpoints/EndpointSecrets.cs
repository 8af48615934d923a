using Millwright.Core.Identity;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Events.Endpoints;

/// <summary>The signing secrets of endpoints, in the vault. Each has a name of its own, so that the vault's caches are never out of date.</summary>
public sealed class EndpointSecrets(IVault vault, Ids ids, TimeProvider time)
{
    /// <summary>How long the secret before a new one still signs.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>The most secrets that sign at a time; the oldest ends early for a further one.</summary>
    internal const int MaxLive = 3;

    /// <summary>Makes a secret and stores it.</summary>
    /// <returns>Its name, and the secret itself, which can be seen only now.</returns>
    public async Task<(EndpointSecret Stored, string Secret)> MakeAsync(string endpointId)
    {
        var stored = new EndpointSecret($"endpoint-{endpointId}-{ids.New()}", null);
        var secret = ids.NewKey(StandardWebhooks.SecretPrefix);
        await vault.SetAsync(stored.Name, secret, CancellationToken.None);
        return (stored, secret);
    }

    /// <summary>The list with a newer secret in front: those before it end after the overlap, or when they would have anyway.</summary>
    public IReadOnlyList<EndpointSecret> Rotated(IReadOnlyList<EndpointSecret> secrets, EndpointSecret newest) =>
    [
        newest,
        .. secrets.Where(IsLive).Take(MaxLive - 1).Select(s => s with { Until = s.Until ?? (time.GetUtcNow() + Overlap) }),
    ];

    /// <summary>The secrets that sign now, the newest first. None if the vault has lost them.</summary>
    public async Task<IReadOnlyList<string>> LiveAsync(EventEndpoint endpoint, CancellationToken cancellationToken)
    {
        var live = new List<string>();
        foreach (var stored in endpoint.Secrets.Where(IsLive))
        {
            if (await vault.GetAsync(stored.Name, cancellationToken) is { } secret)
            {
                live.Add(secret);
            }
        }

        return live;
    }

    /// <summary>Deletes secrets for good.</summary>
    public async Task DeleteAsync(IEnumerable<EndpointSecret> secrets)
    {
        foreach (var secret in secrets)
        {
            await vault.DeleteAsync(secret.Name, CancellationToken.None);
        }
    }

    private bool IsLive(EndpointSecret secret) => secret.Until is null || secret.Until > time.GetUtcNow();
}
