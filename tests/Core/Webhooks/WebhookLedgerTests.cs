using CsCheck;
using Millwright.Core.Tests.Webhooks.Bench;

namespace Millwright.Core.Tests.Webhooks;

/// <summary>
/// Changes whose webhooks come twice, late and out of order, to a process that ends at any write and a source that fails: in the end the
/// ledger reconciles. Set <c>LEDGER_CASES</c> for a longer run.
/// </summary>
public sealed class WebhookLedgerTests : IAsyncDisposable
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("LEDGER_CASES"), out var cases) ? cases : 200;

    private static readonly Gen<(LedgerRules Rules, int Seed)> AnyCase =
        from versioned in Gen.Bool
        from timed in Gen.Bool
        from dropsDuplicates in Gen.Bool
        from records in Gen.Int[1, 3]
        from changes in Gen.Int[1, 12]
        from faults in Gen.Int[0, 12]
        from seed in Gen.Int[0, int.MaxValue]
        select (new LedgerRules(versioned, timed, dropsDuplicates, records, changes, faults), seed);

    private readonly DomainStore _domain = new();

    [Fact]
    public Task The_ledger_reconciles() => AnyCase.SampleAsync(
        async one =>
        {
            await using var bench = await WebhookBench.ConnectAsync(_domain);
            await new Ledger(bench, one.Rules, new Random(one.Seed)).RunAsync();
        },
        iter: Cases,
        threads: 1);

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
