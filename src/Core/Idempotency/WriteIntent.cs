namespace Millwright.Core.Idempotency;

/// <summary>A write that must happen once, whatever is lost on the way.</summary>
/// <param name="ConnectionId">Whose system is written to; keys of different connections never meet.</param>
/// <param name="Key">The caller's Idempotency-Key, or one made for the caller.</param>
/// <param name="Fingerprint">A hash of all that the request says; another one under the same key is another request.</param>
public sealed record WriteIntent(string ConnectionId, string Key, string Fingerprint);
