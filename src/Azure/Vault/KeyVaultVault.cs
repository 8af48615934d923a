using Azure;
using Azure.Security.KeyVault.Secrets;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Vault;

/// <summary>Secrets in Key Vault, behind a cache of minutes because a vault allows a few thousand reads in ten seconds.</summary>
/// <remarks>
/// A refusal becomes a <see cref="RequestFailedException"/> with the status and Key Vault's error code, and without the answer's content.
/// The client has by then tried 429 and 5xx again, as Retry-After says.
/// </remarks>
internal sealed class KeyVaultVault(SecretClient client, TimeProvider time) : IVault
{
    /// <summary>How often a write waits for a deletion or a recovery to finish. They take seconds.</summary>
    private const int MaxConflicts = 30;

    private static readonly TimeSpan ConflictDelay = TimeSpan.FromSeconds(1);

    private readonly SecretCache _cache = new(time);

    public Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);

        // The read is shared, so one caller's cancellation ends only that caller's wait.
        return _cache.GetAsync(name, () => ReadAsync(name)).WaitAsync(cancellationToken);
    }

    public Task<string?> GetLatestAsync(string name, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);

        // Whatever read is shared from here on began after this, one that was under way is not.
        _cache.Forget(name);
        return GetAsync(name, cancellationToken);
    }

    public async Task SetAsync(string name, string secret, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);
        VaultLimits.CheckSecret(secret);
        try
        {
            for (var conflicts = 0; !await TrySetAsync(name, secret, conflicts < MaxConflicts, cancellationToken); conflicts++)
            {
                await RecoverAsync(name, cancellationToken);
                await Task.Delay(ConflictDelay, time, cancellationToken);
            }
        }
        finally
        {
            // Forgotten rather than replaced: of two writes at once nobody here knows which one Key Vault took last. And after a failure
            // too, which may have come after the write was made.
            _cache.Forget(name);
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);
        try
        {
            _ = await client.StartDeleteSecretAsync(name, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404 || IsConflict(e, "ObjectIsBeingDeleted"))
        {
            // There is none, or it is on its way out.
        }
        catch (RequestFailedException e)
        {
            throw Failure(e, "delete", name);
        }
        finally
        {
            _cache.Forget(name);
        }
    }

    private static bool IsConflict(RequestFailedException failure, string reason) =>
        failure.Status == 409 && failure.GetRawResponse()?.Content.ToString().Contains(reason, StringComparison.Ordinal) == true;

    private static RequestFailedException Failure(RequestFailedException cause, string operation, string name) => new(
        cause.Status,
        cause.Status == 0
            ? $"Key Vault could not be reached to {operation} '{name}'."
            : $"Key Vault answered {cause.Status} {cause.ErrorCode} when asked to {operation} '{name}'.",
        cause.ErrorCode,
        innerException: null);

    private async Task<string?> ReadAsync(string name)
    {
        try
        {
            var secret = await client.GetSecretAsync(name, version: null, outContentType: null, CancellationToken.None);
            return secret.Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException e)
        {
            throw Failure(e, "read", name);
        }
    }

    /// <returns>False on a conflict, which means that the name is deleted but recoverable, or still being deleted or recovered.</returns>
    private async Task<bool> TrySetAsync(string name, string secret, bool mayConflict, CancellationToken cancellationToken)
    {
        try
        {
            _ = await client.SetSecretAsync(name, secret, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409 && mayConflict)
        {
            return false;
        }
        catch (RequestFailedException e)
        {
            throw Failure(e, "set", name);
        }
    }

    /// <summary>
    /// Key Vault keeps a deleted secret's name taken for its retention days. Recovering frees it again and needs no more than the officer
    /// role; purging needs a permission of its own and is impossible under purge protection. The old secret is back until the write that follows.
    /// </summary>
    private async Task RecoverAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            _ = await client.StartRecoverDeletedSecretAsync(name, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409)
        {
            // The deletion or another recovery is still under way; the next try to set finds out.
        }
        catch (RequestFailedException e)
        {
            throw Failure(e, "recover", name);
        }
    }
}
