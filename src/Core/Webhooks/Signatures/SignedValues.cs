namespace Millwright.Core.Webhooks.Signatures;

/// <summary>The parts of one webhook that a signature may be about.</summary>
internal readonly record struct SignedValues(ReadOnlyMemory<byte> Body, Uri? Uri, string? Id, string? Timestamp);
