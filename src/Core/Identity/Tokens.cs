using Millwright.Core.Errors;
using Millwright.Core.Storage;

namespace Millwright.Core.Identity;

/// <summary>Issues, checks and revokes bearer tokens. Only a token's hash is stored; checking one is one point read.</summary>
public sealed class Tokens(ITableStore tables, Ids ids, TimeProvider time)
{
    /// <summary>The table, partitioned by the first two digits of the hash.</summary>
    public const string TableName = "Tokens";

    /// <summary>What every token starts with, for people and secret scanners.</summary>
    public const string Prefix = "mwt_";

    // The index from a connection to its tokens' hashes, so that they can be revoked.
    private const string ByConnection = "ByConnection-";

    private readonly ITable _table = tables.Table(TableName);

    /// <summary>Issues a token.</summary>
    /// <param name="grant">What it stands for.</param>
    /// <param name="lifetime">How long it holds; null until it is revoked.</param>
    /// <param name="cancellationToken">Cancels before anything is stored; later the token may exist, unknown to all.</param>
    public async Task<IssuedToken> IssueAsync(TokenGrant grant, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var token = ids.NewSecret(Prefix);
        var hash = SecretHash.Of(token);
        if (grant.ConnectionId is { } connectionId)
        {
            // The index first: a token that is not in it could never be revoked.
            await _table.TryInsertAsync(new TableRow(ByConnection + connectionId, hash), cancellationToken);
        }

        await _table.TryInsertAsync(ToRow(hash, grant, lifetime), cancellationToken);
        return new IssuedToken(token, lifetime);
    }

    /// <summary>What the token stands for.</summary>
    /// <exception cref="ApiException"><c>INVALID_TOKEN</c>: the token is malformed, unknown, expired or revoked.</exception>
    public async Task<TokenGrant> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (token.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var hash = SecretHash.Of(token);
            var row = await _table.GetAsync(PartitionOf(hash), hash, cancellationToken);
            if (row is not null && !(row.Time(Expiring.ExpiresAt) <= time.GetUtcNow()))
            {
                return FromRow(row);
            }
        }

        throw new ApiException(ErrorCode.InvalidToken, "The bearer token is unknown, expired or revoked.");
    }

    /// <summary>Revokes every token of a connection; takes effect at once.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="except">A token to keep, or null.</param>
    /// <param name="cancellationToken">Cancels between two tokens.</param>
    public async Task RevokeAsync(string connectionId, string? except, CancellationToken cancellationToken)
    {
        var kept = except is null ? null : SecretHash.Of(except);
        await foreach (var entry in _table.QueryAsync(ByConnection + connectionId, RowRange.All, cancellationToken))
        {
            if (entry.RowKey != kept)
            {
                await _table.DeleteAsync(PartitionOf(entry.RowKey), entry.RowKey, cancellationToken);
                await _table.DeleteAsync(entry.PartitionKey, entry.RowKey, cancellationToken);
            }
        }
    }

    /// <summary>Deletes what has expired.</summary>
    /// <returns>How many tokens went.</returns>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => Expiring.SweepAsync(
        _table,
        time.GetUtcNow(),
        row => row.Text("ConnectionId") is { } connectionId
            ? _table.DeleteAsync(ByConnection + connectionId, row.RowKey, cancellationToken)
            : Task.CompletedTask,
        cancellationToken);

    private static string PartitionOf(string hash) => Expiring.PartitionOf(hash);

    private static TokenGrant FromRow(TableRow row) => new(
        Enum.Parse<TokenKind>(row.Text("Kind")!), row.Text("ApplicationId")!, row.Text("ConnectionId"), row.Text("Provider"));

    private TableRow ToRow(string hash, TokenGrant grant, TimeSpan? lifetime)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Kind"] = grant.Kind.ToString(),
            ["ApplicationId"] = grant.ApplicationId,
        };
        if (grant.ConnectionId is { } connectionId)
        {
            properties["ConnectionId"] = connectionId;
            properties["Provider"] = grant.Provider ?? throw new ArgumentException("A connection's token names its provider.", nameof(grant));
        }

        if (lifetime is { } span)
        {
            properties[Expiring.ExpiresAt] = time.GetUtcNow() + span;
        }

        return new TableRow(PartitionOf(hash), hash) { Properties = properties };
    }
}
