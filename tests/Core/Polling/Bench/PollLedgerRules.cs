namespace Millwright.Core.Tests.Polling.Bench;

/// <summary>What one case of the ledger is like.</summary>
/// <param name="Versioned">Whether the source numbers its changes in its webhooks.</param>
/// <param name="Timed">Whether its records tell when they changed, and can be found by that.</param>
/// <param name="Records">How many records.</param>
/// <param name="Changes">How many changes of them.</param>
/// <param name="Faults">How often something fails: a process ends, the source does not answer.</param>
/// <param name="RequestsPerMinute">What polls may ask of the source.</param>
internal sealed record PollLedgerRules(bool Versioned, bool Timed, int Records, int Changes, int Faults, int RequestsPerMinute);
