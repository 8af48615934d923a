using Millwright.Core.Connections;

namespace Millwright.Core.Idempotency;

/// <summary>How a write is done and found again.</summary>
public interface IWrite
{
    /// <summary>Whether doing it twice is the same as doing it once: setting a state rather than creating a record.</summary>
    bool Repeatable { get; }

    /// <summary>Whether <see cref="FindAsync"/> can tell if it happened.</summary>
    bool Findable { get; }

    /// <summary>Does it.</summary>
    /// <param name="reference">Goes into the record, so that it can be found.</param>
    Task<EntityResult> DoAsync(string reference);

    /// <summary>What it made, or null if it has not happened so far.</summary>
    Task<EntityResult?> FindAsync(string reference);
}
