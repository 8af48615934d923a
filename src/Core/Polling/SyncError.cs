namespace Millwright.Core.Polling;

/// <summary>Why the last poll of an entity failed.</summary>
/// <param name="Code">The error's name in the catalogue.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="At">When.</param>
public sealed record SyncError(string Code, string Message, DateTimeOffset At);
