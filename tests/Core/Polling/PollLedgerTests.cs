using CsCheck;
using Millwright.Core.Polling;
using Millwright.Core.Tests.Polling.Bench;

namespace Millwright.Core.Tests.Polling;

/// <summary>
/// Changes whose webhooks are lost, come twice, late and out of order, beside polls that end at any write and overtake each other, of a source
/// that fails: in the end the ledger reconciles. Set <c>POLL_LEDGER_CASES</c> for a longer run.
/// </summary>
public sealed class PollLedgerTests
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("POLL_LEDGER_CASES"), out var cases) ? cases : 150;

    private static readonly Gen<(PollLedgerRules Rules, int Seed)> AnyCase =
        from versioned in Gen.Bool
        from timed in Gen.Bool
        from records in Gen.Int[1, 6]
        from changes in Gen.Int[1, 15]
        from faults in Gen.Int[0, 15]
        from perMinute in Gen.Int[6, 60]
        from seed in Gen.Int[0, int.MaxValue]
        select (new PollLedgerRules(versioned, timed, records, changes, faults, perMinute), seed);

    [Fact]
    public Task The_ledger_reconciles() => AnyCase.SampleAsync(
        async one =>
        {
            var settings = new SyncSettings { Start = SyncStart.Full, CompareInterval = TimeSpan.FromMinutes(20), RequestsPerMinute = one.Rules.RequestsPerMinute };
            await using var bench = await PollBench.ConnectAsync(settings, one.Rules.Timed);
            await new PollLedger(bench, one.Rules, new Random(one.Seed)).RunAsync();
        },
        iter: Cases,
        threads: 1);
}
