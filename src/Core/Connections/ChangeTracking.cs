namespace Millwright.Core.Connections;

/// <summary>How changes of an entity's records can be found by asking.</summary>
public enum ChangeTracking
{
    /// <summary>Not at all: it cannot be listed.</summary>
    None,

    /// <summary>Only by reading all records and comparing them with what is known.</summary>
    Comparison,

    /// <summary>The source finds the records that changed since a time.</summary>
    ModifiedTime,
}
