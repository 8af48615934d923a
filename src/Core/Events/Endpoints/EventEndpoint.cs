namespace Millwright.Core.Events.Endpoints;

/// <summary>An address of an application's that events are sent to. Its signing secrets are in the vault, never here.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ApplicationId">The application that made it.</param>
/// <param name="Settings">What the application chose.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record EventEndpoint(string Id, string ApplicationId, EndpointSettings Settings, DateTimeOffset CreatedAt)
{
    /// <summary>When its settings, secrets or state last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Its signing secrets, the newest first; those whose time is over may still be listed.</summary>
    public IReadOnlyList<EndpointSecret> Secrets { get; init; } = [];

    /// <summary>Since when every try has failed; null where the last one did not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why Millwright disabled it, as a sentence; null where it did not.</summary>
    public string? DisabledBecause { get; init; }

    /// <summary>The version that was read; null on one that was not read from storage.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether it is to get this event.</summary>
    public bool Wants(FeedEvent happened) =>
        Settings.Enabled
        && Settings.Types.Any(pattern => EventTypes.Matches(pattern, happened.Type))
        && (Settings.Connections is null || (happened.ConnectionId is { } connection && Settings.Connections.Contains(connection)));
}
