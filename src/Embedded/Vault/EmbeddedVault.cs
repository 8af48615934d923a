using System.Security.Cryptography;
using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Vault;

internal sealed class EmbeddedVault(Database database, SecretBox box) : IVault
{
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);
        cancellationToken.ThrowIfCancellationRequested();
        var secret = await Task.FromResult(database.Read(session =>
            session.First("SELECT sealed FROM secrets WHERE name = $1", reader => reader.GetFieldValue<byte[]>(0), name)));
        try
        {
            return secret is null ? null : box.Open(name, secret);
        }
        catch (AuthenticationTagMismatchException failure)
        {
            throw new InvalidDataException($"The stored secret '{name}' was changed by someone without the vault's key.", failure);
        }
    }

    // Nothing is cached here.
    public Task<string?> GetLatestAsync(string name, CancellationToken cancellationToken) => GetAsync(name, cancellationToken);

    public async Task SetAsync(string name, string secret, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);
        VaultLimits.CheckSecret(secret);
        var sealedSecret = box.Seal(name, secret);
        await database.WriteAsync(
            session => session.Execute(
                "INSERT INTO secrets(name, sealed) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET sealed = excluded.sealed",
                name,
                sealedSecret),
            cancellationToken);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        VaultLimits.CheckName(name);
        await database.WriteAsync(session => session.Execute("DELETE FROM secrets WHERE name = $1", name), cancellationToken);
    }
}
