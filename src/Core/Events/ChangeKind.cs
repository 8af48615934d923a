namespace Millwright.Core.Events;

/// <summary>What happened to a record.</summary>
public enum ChangeKind
{
    /// <summary>It came into being.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Updated,

    /// <summary>It is gone.</summary>
    Deleted,
}
