using Millwright.Core.Errors;
using Millwright.Core.Storage;

namespace Millwright.Core.Identity;

/// <summary>The applications of this installation and their client credentials.</summary>
public sealed class Applications(ITableStore tables, Ids ids, TimeProvider time)
{
    private const string Partition = "Applications";

    /// <summary>What every client secret starts with, for people and secret scanners.</summary>
    private const string SecretPrefix = "mws_";

    // Each character may take five in a table's key.
    private const int MaxIdLength = TableLimits.KeyLength / 5;

    private readonly ITable _table = tables.Table("Applications");

    /// <summary>Registers an application with new credentials.</summary>
    /// <returns>The application and its secret, which can be seen only now.</returns>
    public async Task<(Application Application, string Secret)> RegisterAsync(string name, CancellationToken cancellationToken)
    {
        var secret = ids.NewSecret(SecretPrefix);
        return (await RegisterAsync(name, ids.New(), secret, cancellationToken), secret);
    }

    /// <summary>Makes sure that an application with this id has this secret: what an operator sets in the configuration.</summary>
    public async Task<Application> RegisterAsync(string name, string clientId, string secret, CancellationToken cancellationToken)
    {
        var row = ToRow(new Application(clientId, name, SecretHash.Of(secret), time.GetUtcNow()));
        while (await _table.TryInsertAsync(row, cancellationToken) is null)
        {
            var existing = await _table.GetAsync(row.PartitionKey, row.RowKey, cancellationToken);
            if (existing is null)
            {
                continue;
            }

            var registered = FromRow(existing);
            if (SecretHash.Matches(secret, registered.SecretHash))
            {
                return registered;
            }

            var rotated = ToRow(registered with { SecretHash = SecretHash.Of(secret) });
            if (await _table.TryReplaceAsync(rotated with { ETag = existing.ETag }, cancellationToken) is not null)
            {
                return FromRow(rotated);
            }
        }

        return FromRow(row);
    }

    /// <summary>Whether there is none yet: a first run.</summary>
    public async Task<bool> NoneAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(Partition, new RowRange(Take: 1), cancellationToken))
        {
            return row is null;
        }

        return true;
    }

    /// <summary>The application with this id, or null.</summary>
    public async Task<Application?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, TableKey.Encode(clientId), cancellationToken) is { } row ? FromRow(row) : null;

    /// <summary>The application with these credentials.</summary>
    /// <exception cref="ApiException"><c>INVALID_CLIENT</c>: there is none with this id, or the secret is wrong.</exception>
    public async Task<Application> AuthenticateAsync(string clientId, string secret, CancellationToken cancellationToken)
    {
        var application = clientId.Length <= MaxIdLength ? await FindAsync(clientId, cancellationToken) : null;
        return application is not null && SecretHash.Matches(secret, application.SecretHash)
            ? application
            : throw new ApiException(ErrorCode.InvalidClient, "The client id or client secret is wrong.");
    }

    private static TableRow ToRow(Application application) => new(Partition, TableKey.Encode(application.Id))
    {
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Id"] = application.Id,
            ["Name"] = application.Name,
            ["SecretHash"] = application.SecretHash,
            ["CreatedAt"] = application.CreatedAt,
        },
    };

    private static Application FromRow(TableRow row) =>
        new(row.Text("Id")!, row.Text("Name")!, row.Text("SecretHash")!, row.Time("CreatedAt")!.Value);
}
