namespace Millwright.Core.Connections.Raw;

/// <summary>A table of a connected system's own.</summary>
/// <param name="Name">Its name there; may hold slashes.</param>
/// <param name="Fields">The names of its fields, where the system or the connector's definition tells; otherwise empty.</param>
public sealed record RawTable(string Name, IReadOnlyList<string> Fields);
