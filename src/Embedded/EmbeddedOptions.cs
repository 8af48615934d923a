using Millwright.Core.Storage;

namespace Millwright.Embedded;

/// <summary>Where the embedded storage lives and which queues it has.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>
    /// The database file; made, with its folder, if it does not exist. Beside it lie SQLite's own <c>-wal</c> and <c>-shm</c> files,
    /// the vault's key <c>.key</c> and the lock <c>.lock</c>.
    /// </summary>
    public string Path { get; init; } = "millwright.db";

    /// <summary>The queues. What is sent to or received from another is refused.</summary>
    public IReadOnlyList<QueueDefinition> Queues { get; init; } = [];
}
