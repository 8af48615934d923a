namespace Millwright.Core.Entities;

/// <summary>A list that belongs to all records of an entity together: <c>GET /{entity}/{name}</c>, offered as the operation <c>all-{name}.list</c>.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Description">What it is.</param>
/// <param name="Record">The type of its records.</param>
public sealed record EntityCollection(string Name, string Description, RecordType Record)
{
    /// <summary>The operation's name; the prefix keeps it apart from a sub-resource of the same name.</summary>
    public string Operation => $"all-{Name}.{OperationName.List}";
}
