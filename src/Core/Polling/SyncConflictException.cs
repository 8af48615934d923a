namespace Millwright.Core.Polling;

/// <summary>Another poll of the same connection, or its end, came between: this poll ends and leaves the rest to the other.</summary>
public sealed class SyncConflictException() : Exception("The connection's sync was changed by somebody else meanwhile.");
