using Millwright.Core.Connections;

namespace Millwright.Core.Polling;

/// <summary>Which entities of a system are polled. Pure.</summary>
public static class PolledEntities
{
    /// <summary>Those that can be: the system lists them.</summary>
    public static IReadOnlyList<string> Of(Platform platform) =>
        [.. platform.Entities.Values.Where(e => e.Changes != ChangeTracking.None).Select(e => e.Entity).Order(StringComparer.Ordinal)];

    /// <summary>Those that are, by an application's choice.</summary>
    public static IReadOnlyList<string> Of(Platform platform, SyncSettings settings) =>
        [.. Of(platform).Where(name => settings.Entities?.Contains(name, StringComparer.Ordinal) != false)];
}
