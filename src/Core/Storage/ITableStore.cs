namespace Millwright.Core.Storage;

/// <summary>The tables of one installation. A table comes into being with its first row and goes as a whole.</summary>
public interface ITableStore
{
    /// <summary>The table of this name, its case ignored. Costs nothing and touches no storage.</summary>
    /// <param name="name">3 to 63 ASCII letters and digits, the first one a letter.</param>
    /// <exception cref="StorageLimitException">The name is outside those bounds.</exception>
    ITable Table(string name);

    /// <summary>The names of the tables that exist and start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Drops a table with all its rows, at a cost that does not grow with them. Nothing happens if it does not exist.</summary>
    /// <remarks>Azure refuses to make a table of the same name again for about half a minute, so names that are dropped are not reused.</remarks>
    Task DropAsync(string name, CancellationToken cancellationToken);
}
