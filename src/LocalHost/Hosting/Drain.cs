namespace Millwright.LocalHost.Hosting;

/// <summary>The three steps of stopping, each a token.</summary>
/// <param name="Stopping">No new messages and no new ticks.</param>
/// <param name="CancelCalls">The grace period is over: calls still running are asked to end.</param>
/// <param name="AbandonCalls">The shutdown time is over: calls still running are left, and what they worked on is given back.</param>
internal sealed record Drain(CancellationToken Stopping, CancellationToken CancelCalls, CancellationToken AbandonCalls);
