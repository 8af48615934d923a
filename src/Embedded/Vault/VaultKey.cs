using System.Security.Cryptography;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Vault;

/// <summary>The vault's key: 32 random bytes in a file beside the database, readable by its owner only.</summary>
internal static class VaultKey
{
    // No secret can have this name, so the check is never mistaken for one.
    private const string CheckName = "the key's own check";

    /// <exception cref="InvalidOperationException">The key is missing while there are secrets, or is not theirs.</exception>
    public static SecretBox Load(string databasePath, Database database, RandomNumberGenerator random)
    {
        var path = databasePath + ".key";
        var hasSecrets = database.Read(session => session.Number("SELECT 1 FROM secrets LIMIT 1")) is not null;
        if (!File.Exists(path))
        {
            if (hasSecrets)
            {
                throw new InvalidOperationException(
                    $"The database '{databasePath}' holds secrets, but their key '{path}' is missing. Restore that file from a backup.");
            }

            Create(path, random);
        }

        var key = File.ReadAllBytes(path);
        if (key.Length != SecretBox.KeyBytes)
        {
            throw new InvalidOperationException(
                $"'{path}' is not a key: it has {key.Length} bytes instead of {SecretBox.KeyBytes}. Restore that file from a backup.");
        }

        var box = new SecretBox(key, random);
        if (!Fits(box, database))
        {
            if (hasSecrets)
            {
                throw new InvalidOperationException(
                    $"The key '{path}' is not the one that the secrets in '{databasePath}' were sealed with. "
                    + "Restore that file from a backup.");
            }

            var check = box.Seal(CheckName, "");
            database.WriteAsync(
                session => session.Execute("INSERT OR REPLACE INTO vault_key(id, sealed) VALUES(1, $1)", check),
                CancellationToken.None).GetAwaiter().GetResult();
        }

        return box;
    }

    private static bool Fits(SecretBox box, Database database)
    {
        var check = database.Read(session => session.First("SELECT sealed FROM vault_key", reader => reader.GetFieldValue<byte[]>(0)));
        try
        {
            return check is not null && box.Open(CheckName, check).Length == 0;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // Under another name first, so that a crash never leaves half a key.
    private static void Create(string path, RandomNumberGenerator random)
    {
        var key = new byte[SecretBox.KeyBytes];
        random.GetBytes(key);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
