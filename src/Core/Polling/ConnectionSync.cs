using Millwright.Core.Connections;

namespace Millwright.Core.Polling;

/// <summary>The polling of a connection as a whole.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="ApplicationId">Whose it is.</param>
/// <param name="Provider">The kind of system.</param>
public sealed record ConnectionSync(string ConnectionId, string ApplicationId, string Provider)
{
    /// <summary>What the application chose.</summary>
    public SyncSettings Settings { get; init; } = new();

    /// <summary>When it is polled next; null where nothing is to be polled, or it is of no use before the system is connected again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Until when the system asked to be left alone.</summary>
    public DateTimeOffset? BackOffUntil { get; init; }

    /// <summary>Polls in a row that the system turned away for being too many.</summary>
    public int BackOffs { get; init; }

    /// <summary>What somebody asked for and the next poll will do.</summary>
    public IReadOnlyList<SyncRequest> Requests { get; init; } = [];

    /// <summary>What a call needs to know of the connection.</summary>
    internal ConnectionIdentity Identity => new(ApplicationId, ConnectionId, Provider);

    /// <summary>The version that was read; null before it was stored.</summary>
    public string? ETag { get; init; }
}
