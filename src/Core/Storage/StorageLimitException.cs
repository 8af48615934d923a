namespace Millwright.Core.Storage;

/// <summary>What was to be stored does not fit the bounds that every adapter keeps. Always our own fault, never the store's.</summary>
public sealed class StorageLimitException(string message) : Exception(message);
