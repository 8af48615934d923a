namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>What one case of the ledger is like.</summary>
/// <param name="Versioned">Whether the source numbers its changes.</param>
/// <param name="Timed">Whether its records tell when they changed.</param>
/// <param name="DropsDuplicates">Whether the queue drops duplicates in its window.</param>
/// <param name="Records">How many records.</param>
/// <param name="Changes">How many changes of them.</param>
/// <param name="Faults">How often something fails: a process ends, the source does not answer, the queue is down.</param>
internal sealed record LedgerRules(bool Versioned, bool Timed, bool DropsDuplicates, int Records, int Changes, int Faults);
